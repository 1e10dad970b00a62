import type { Origin } from "@/domain/actor";

interface ReadableHeaders {
  get(name: string): string | null;
}

/** Where a browser's request came from. The server has replaced these headers, so believe them. */
export function originOf(headers: ReadableHeaders): Origin {
  return {
    requestId: headers.get("x-request-id"),
    address: headers.get("x-forwarded-for"),
    userAgent: headers.get("user-agent")?.slice(0, 512) ?? null,
    isBrowser: true,
  };
}

/** Whether the browser reached us over TLS, here or at a trusted proxy. */
export function isSecure(headers: ReadableHeaders): boolean {
  return headers.get("x-forwarded-proto") === "https";
}
