import type { Origin, UserActor } from "@/domain/actor";
import { checkBearer, type Refusal } from "@/domain/tokens/check";
import { challenge, parseAuthorization } from "../authorization";
import { countCheck, type Surface } from "../operations/count";
import { type Exchange, refused } from "./exchange";

const AGENT_LENGTH_MAX = 512;
const UNAUTHORIZED = [false, true].map((hasCredential) =>
  refused(401, "Unauthorized", "Unauthorized", ["WWW-Authenticate", challenge(hasCredential)]),
);

/** Checks a presented token, counts it and logs a refusal; its reason goes no further. */
export async function check(
  bearer: string,
  surface: Surface,
  exchange: Exchange,
): Promise<UserActor | null> {
  const startedAt = performance.now();
  const result = await checkBearer(bearer, originOf(exchange));
  countCheck(surface, result.ok ? "accepted" : result.reason, performance.now() - startedAt);
  if (result.ok) return result.actor;
  logRefusal(exchange, bearer, result.reason);
  return null;
}

// Garbage is cheap to send: it fills the metrics, and the log only when asked for.
function logRefusal({ log, facts }: Exchange, bearer: string, reason: Refusal): void {
  const level = reason === "malformed" ? "debug" : "info";
  if (!log.isLevelEnabled(level)) return;
  const object =
    reason === "malformed" ? undefined : bearer.slice("ext/".length, bearer.indexOf(":"));
  const { requestId, address } = facts;
  log[level]({ requestId, address, outcome: "refused", reason, object }, "check");
}

/** The one answer to every credential that does not work, and to none. */
export function unauthorized({ request }: Exchange): Error {
  const [bare, withError] = UNAUTHORIZED;
  const answer = request.headers.authorization === undefined ? bare : withError;
  return answer ?? new Error("unreachable");
}

/** The credential of a request's one Authorization header. With two, nobody knows which counts. */
export function credentialOf({ request }: Exchange): string | null {
  const { rawHeaders } = request;
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.length === 13 && name.toLowerCase() === "authorization") count += 1;
  }
  return count === 1 ? parseAuthorization(request.headers.authorization) : null;
}

function originOf({ request, facts }: Exchange): Origin {
  const userAgent = request.headers["user-agent"];
  return {
    requestId: facts.requestId,
    address: facts.address || null,
    userAgent: userAgent?.slice(0, AGENT_LENGTH_MAX) ?? null,
  };
}
