import type { UserActor } from "@/domain/actor";
import { mayCheckOthers, requireCaller } from "./caller";
import { check } from "./checker";
import { type Exchange, Refused, sendJson } from "./exchange";
import { readBody } from "./read-body";

const INACTIVE = '{"active":false}';

/**
 * Token introspection (RFC 7662) for whoever presents a working token of Latchkey: administrators
 * and verifiers learn about everybody's tokens, others about their own. All else is not active.
 */
export async function introspect(
  exchange: Exchange,
  { issuer }: { issuer: string },
): Promise<void> {
  const caller = await requireCaller(exchange);
  if (exchange.request.method !== "POST") {
    throw invalidRequest(405, "introspection is a POST", ["Allow", "POST"]);
  }
  const text = await readBody(exchange.request, "application/x-www-form-urlencoded");
  const [token, ...others] = new URLSearchParams(text).getAll("token");
  if (!token || others.length > 0) throw invalidRequest(400, "exactly one token is required");
  const actor = await check(token, "introspect", exchange);
  const mayKnow = mayCheckOthers(caller) || caller.userId === actor?.userId;
  const body = actor && mayKnow ? JSON.stringify(toAnswer(actor, issuer)) : INACTIVE;
  sendJson(exchange, 200, body, ["Pragma", "no-cache"]);
}

function toAnswer({ userId, username, role, tokenName, tokenExpiresAt }: UserActor, iss: string) {
  return {
    active: true,
    iss,
    sub: userId,
    username,
    scope: role,
    token_type: "Bearer",
    jti: tokenName,
    client_id: tokenName,
    ...(tokenExpiresAt ? { exp: Math.floor(tokenExpiresAt.getTime() / 1_000) } : {}),
  };
}

function invalidRequest(status: number, description: string, headers: string[] = []): Refused {
  const body = { error: "invalid_request", error_description: description };
  return new Refused(status, JSON.stringify(body), headers);
}
