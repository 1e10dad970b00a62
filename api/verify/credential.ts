import type { Origin } from "@/domain/actor";
import { challenge, parseAuthorization } from "../authorization";
import type { Surface } from "../operations/count";
import { type Exchange, type Refused, refused } from "./exchange";

const AGENT_LENGTH_MAX = 512;
const [NO_CREDENTIAL, WRONG_CREDENTIAL] = [unauthorizedFor(false), unauthorizedFor(true)];

function unauthorizedFor(hasCredential: boolean): Refused {
  const header = ["WWW-Authenticate", challenge(hasCredential)];
  return refused(401, "Unauthorized", "Unauthorized", header);
}

/** The one answer to every credential that does not work, and to none. */
export function unauthorized({ request }: Exchange): Refused {
  return request.headers.authorization === undefined ? NO_CREDENTIAL : WRONG_CREDENTIAL;
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

/** What a check on behalf of this request needs to know. */
export function checkOptions(surface: Surface, { request, facts, log }: Exchange) {
  const userAgent = request.headers["user-agent"];
  const origin: Origin = {
    requestId: facts.requestId,
    address: facts.address || null,
    userAgent: userAgent?.slice(0, AGENT_LENGTH_MAX) ?? null,
  };
  return { surface, origin, log };
}
