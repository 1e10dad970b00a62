import type { Handler } from "hono";
import { MethodNotAllowed } from "./transport-errors";

/** Answers the methods that an address does not have: OPTIONS with those it has, others with 405. */
export function otherMethods(...allowed: string[]): Handler {
  return (context) => {
    if (context.req.method !== "OPTIONS") throw new MethodNotAllowed(allowed);
    return context.body(null, 204, { Allow: allowed.join(", ") });
  };
}
