import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import type { TokenFilter } from "@/domain/tokens/filter";

const PAGE_SIZE_MAX = 1_000;

interface ListRequest {
  filter: TokenFilter;
  size: number;
  /** Without a limit the client takes everything in one answer. */
  all: boolean;
}

/** The list parameters of Kubernetes, by name order. Refuses what it cannot honour (badRequest). */
export function toListRequest(context: Context): ListRequest {
  for (const name of ["labelSelector", "fieldSelector", "watch"]) {
    const value = context.req.query(name);
    if (value && value !== "false") {
      throw new DomainError("badRequest", `${name} is not supported`);
    }
  }
  const limit = context.req.query("limit") || "0";
  if (!/^\d{1,9}$/.test(limit)) {
    throw new DomainError("badRequest", "limit must be a whole number that is not negative");
  }
  const after = context.req.query("continue");
  return {
    filter: { kind: "all", sort: "name", descending: false, ...(after ? { after } : {}) },
    size: limit === "0" ? PAGE_SIZE_MAX : Math.min(Number(limit), PAGE_SIZE_MAX),
    all: limit === "0",
  };
}
