import { createMiddleware } from "hono/factory";
import type { UserActor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { authenticate } from "@/domain/tokens/authenticate";
import { parseAuthorization } from "./authorization";
import { originOf } from "./origin";

export interface ApiEnvironment {
  Variables: { actor: UserActor };
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
  const actor = bearer === null ? null : await authenticate(bearer, originOf(context));
  if (!actor) throw new DomainError("unauthenticated", "Unauthorized");
  context.set("actor", actor);
  await next();
});
