import { createMiddleware } from "hono/factory";
import type { Logger } from "pino";
import type { UserActor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { parseAuthorization } from "./authorization";
import { check } from "./check";
import { originOf } from "./origin";

export interface ApiEnvironment {
  Variables: { actor: UserActor; log: Logger };
}

/**
 * Lets a request pass whose Authorization header is a working token, as `Bearer ext/<name>:<value>`
 * or as Basic with user `ext/<name>`; sets `actor`. Cookies and query parameters are no credential.
 */
export const requireBearer = createMiddleware<ApiEnvironment>(async (context, next) => {
  if (context.req.query("access_token") !== undefined) {
    throw new DomainError("badRequest", "a token must be sent in the Authorization header");
  }
  const bearer = parseAuthorization(context.req.header("authorization"));
  const options = { surface: "api", origin: originOf(context), log: context.var.log } as const;
  const accepted = bearer === null ? null : await check(bearer, options);
  if (!accepted) throw new DomainError("unauthenticated", "Unauthorized");
  context.set("actor", accepted.actor);
  await next();
});
