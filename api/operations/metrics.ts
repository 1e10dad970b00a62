import { Hono } from "hono";
import { DomainError } from "@/domain/errors";
import { otherMethods } from "../kube/other-methods";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { exposeMetrics } from "./gauges";

/** `/metrics`, for administrators and verifiers. Without a token: on a port of its own, METRICS_PORT. */
export const metrics = new Hono<ApiEnvironment>()
  .get("/metrics", requireBearer, async (context) => {
    const { role, username } = context.var.actor;
    if (role === "user") {
      throw new DomainError(
        "forbidden",
        `metrics is forbidden: user ${username} is not a verifier`,
      );
    }
    const { contentType, text } = await exposeMetrics();
    return context.body(text, 200, { "Content-Type": contentType });
  })
  .all("/metrics", otherMethods("GET", "HEAD"));
