import { Hono } from "hono";
import { isReady } from "@/domain/readiness";
import { otherMethods } from "../kube/other-methods";

/** `/healthz`: this process lives. `/readyz`: it may be sent traffic, with a database that writes. */
export function health(isDraining: () => boolean): Hono {
  return new Hono()
    .get("/healthz", (context) => context.text("ok"))
    .get("/readyz", async (context) => {
      if (isDraining()) return context.text("draining", 503);
      return (await isReady()) ? context.text("ok") : context.text("database not ready", 503);
    })
    .all("/healthz", otherMethods("GET", "HEAD"))
    .all("/readyz", otherMethods("GET", "HEAD"));
}
