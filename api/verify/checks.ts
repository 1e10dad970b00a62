import { toDomainError } from "@/domain/errors";
import { countAnswer } from "../operations/count";
import { type Exchange, Refused, refused, sendRefused } from "./exchange";
import { forwardAuth } from "./forward-auth";
import { introspect } from "./introspect";
import { reviewToken } from "./token-review";

export interface ChecksOptions {
  /** Whom our tokens are for, as Kubernetes' --api-audiences. */
  audiences: readonly string[];
  /** The public address, `iss` of an introspection. */
  issuer: string;
}

/** Ends the exchange, or throws; gives a promise only when it has to wait. */
type Handler = (exchange: Exchange) => undefined | Promise<undefined>;

/** The handler of an address at which other systems ask whether a token is good, or undefined. */
export type FindCheck = (url: string | undefined) => Handler | undefined;

const CHECKS: Record<string, (options: ChecksOptions) => Handler> = {
  "/verify": () => forwardAuth,
  "/oauth2/introspect":
    ({ issuer }) =>
    (exchange) =>
      introspect(exchange, { issuer }),
  "/apis/authentication.k8s.io/v1/tokenreviews":
    ({ audiences }) =>
    (exchange) =>
      reviewToken(exchange, { audiences }),
};

/** The addresses that are answered here. */
export const CHECK_PATHS = Object.keys(CHECKS);

/** The checks for other systems, in front of everything else: they never reach Hono or Next. */
export function createChecks(options: ChecksOptions): FindCheck {
  const byPath = new Map(
    Object.entries(CHECKS).map(([path, create]) => [path, guarded(path, create(options))]),
  );
  return (url = "") => byPath.get(url) ?? byPath.get(url.split(/[?#]/, 1)[0] ?? "");
}

function guarded(path: string, handle: Handler): Handler {
  return (exchange) => {
    const startedAt = performance.now();
    const finish = () => conclude(path, exchange, startedAt);
    const fail = (error: unknown) => {
      sendRefused(exchange, toRefused(error, exchange));
      return finish();
    };
    try {
      refuseTokenInQuery(exchange.request.url);
      const waiting = handle(exchange);
      return waiting ? waiting.then(finish, fail) : finish();
    } catch (error) {
      return fail(error);
    }
  };
}

// A check that succeeds is counted; a line of the log for each would cost more than the check.
function conclude(
  path: string,
  { request, response, facts, log }: Exchange,
  startedAt: number,
): undefined {
  const status = response.headersSent ? response.statusCode : 0;
  countAnswer("check", status);
  if (!log.isLevelEnabled("debug")) return;
  const { requestId, address } = facts;
  const { method } = request;
  const durationMs = Math.round(performance.now() - startedAt);
  log.debug({ requestId, address, method, path, status, durationMs }, "request");
}

// Addresses are logged on the way: a token in one is a leak that should be noticed.
function refuseTokenInQuery(url = ""): void {
  if (!url.includes("?") || !/[?&]access_token=/.test(url)) return;
  throw refused(400, "BadRequest", "a token must be sent in the Authorization header");
}

function toRefused(error: unknown, { facts, log }: Exchange): Refused {
  if (error instanceof Refused) return error;
  const refusal = toDomainError(error);
  if (refusal?.code === "unavailable") {
    return refused(503, "ServiceUnavailable", refusal.message, ["Retry-After", "5"]);
  }
  log.error({ requestId: facts.requestId, err: error }, "a check failed");
  const message = `an internal error occurred; the log has it under request ${facts.requestId}`;
  return refused(500, "InternalError", message);
}
