import type { Context } from "hono";
import type { Origin } from "@/domain/actor";

/** Where a request came from. The server has replaced these headers, so they can be believed. */
export function originOf(context: Context): Origin {
  return {
    requestId: context.req.header("x-request-id") ?? null,
    address: context.req.header("x-forwarded-for") ?? null,
    userAgent: context.req.header("user-agent")?.slice(0, 512) ?? null,
  };
}
