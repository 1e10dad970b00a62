import type { UserActor } from "@/domain/actor";
import { type Accepted, check } from "../check";
import { checkOptions, credentialOf, unauthorized } from "./credential";
import { commonHeaders, type Exchange, refused, sendRefused } from "./exchange";
import { onceKnown } from "./once-known";

// What a header may hold as it is; the percent sign marks what had to be written otherwise.
const PLAIN = /^[!-$&-~]*$/;

/**
 * `GET /verify`, asked by a reverse proxy with the headers of somebody's request: 200 and who that
 * is in `X-Auth-*`, or 401. A name that a header cannot hold is percent-encoded UTF-8.
 */
export function forwardAuth(exchange: Exchange): undefined | Promise<undefined> {
  const { request } = exchange;
  if (request.method !== "GET" && request.method !== "HEAD") {
    const message = "the server does not allow this method on the requested resource";
    throw refused(405, "MethodNotAllowed", message, ["Allow", "GET, HEAD"]);
  }
  const bearer = credentialOf(exchange);
  const known = bearer === null ? null : check(bearer, checkOptions("verify", exchange));
  return onceKnown(known, (accepted) => answer(exchange, accepted));
}

function answer(exchange: Exchange, accepted: Accepted | null): undefined {
  // Thrown, it would cost as much as the check.
  if (!accepted) {
    sendRefused(exchange, unauthorized(exchange));
    return;
  }
  exchange.response.writeHead(200, [
    ...identityHeaders(accepted.actor),
    "Content-Length",
    "0",
    ...commonHeaders(exchange.facts),
  ]);
  exchange.response.end();
}

function identityHeaders({ username, userId, role, tokenName }: UserActor): string[] {
  return [
    "X-Auth-User",
    PLAIN.test(username) ? username : encodeURIComponent(username),
    "X-Auth-User-Id",
    userId,
    "X-Auth-Role",
    role,
    "X-Auth-Token",
    tokenName,
  ];
}
