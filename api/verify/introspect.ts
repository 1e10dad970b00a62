import { canReviewTokens } from "@/domain/tokens/policy";
import { type Accepted, check } from "../check";
import { requireCaller } from "./caller";
import { checkOptions } from "./credential";
import { type Exchange, Refused, sendJson } from "./exchange";
import { onceKnown } from "./once-known";
import { readBody } from "./read-body";

const FORM = "application/x-www-form-urlencoded";
const INACTIVE = '{"active":false}';

/**
 * Token introspection (RFC 7662) for whoever presents a working token of Latchkey: administrators
 * and verifiers learn about everybody's tokens, others about their own. All else is not active.
 */
export function introspect(
  exchange: Exchange,
  { issuer }: { issuer: string },
): undefined | Promise<undefined> {
  return onceKnown(requireCaller(exchange), async (caller) => {
    if (exchange.request.method !== "POST") {
      throw invalidRequest(405, "introspection is a POST", ["Allow", "POST"]);
    }
    const token = parseToken(await readBody(exchange.request, FORM));
    return onceKnown(check(token, checkOptions("introspect", exchange)), (accepted) => {
      const mayKnow = canReviewTokens(caller) || caller.userId === accepted?.actor.userId;
      const body = accepted && mayKnow ? JSON.stringify(toAnswer(accepted, issuer)) : INACTIVE;
      sendJson(exchange, 200, body, ["Pragma", "no-cache"]);
      return undefined;
    });
  });
}

function parseToken(text: string): string {
  const [token, ...others] = new URLSearchParams(text).getAll("token");
  if (!token || others.length > 0) throw invalidRequest(400, "exactly one token is required");
  return token;
}

function toAnswer({ actor, createdAt }: Accepted, iss: string) {
  const { userId, username, role, tokenName, tokenExpiresAt } = actor;
  return {
    active: true,
    iss,
    sub: userId,
    username,
    scope: role,
    token_type: "Bearer",
    jti: tokenName,
    client_id: tokenName,
    iat: toSeconds(createdAt),
    ...(tokenExpiresAt ? { exp: toSeconds(tokenExpiresAt) } : {}),
  };
}

function toSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}

function invalidRequest(status: number, description: string, headers: string[] = []): Refused {
  const body = { error: "invalid_request", error_description: description };
  return new Refused(status, JSON.stringify(body), headers);
}
