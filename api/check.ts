import type { Logger } from "pino";
import type { Origin } from "@/domain/actor";
import { type Check, checkAtOnce, checkSecret, type Refusal } from "@/domain/tokens/check";
import { countCheck, type Surface } from "./operations/count";

interface CheckOptions {
  surface: Surface;
  origin: Origin;
  log: Logger;
}

/** What is told of a token that works. */
export type Accepted = Extract<Check, { ok: true }>;

/**
 * Whose token this is, or null; a promise of that when the database must be asked. Counts the check,
 * and leaves a refusal's reason in the log.
 */
export function check(
  bearer: string,
  options: CheckOptions,
): Accepted | null | Promise<Accepted | null> {
  const startedAt = performance.now();
  const atOnce = checkAtOnce(bearer, options.origin);
  if ("ok" in atOnce) return conclude(atOnce, bearer, startedAt, options);
  return checkSecret(atOnce, options.origin).then((result) =>
    conclude(result, bearer, startedAt, options),
  );
}

function conclude(
  result: Check,
  bearer: string,
  startedAt: number,
  options: CheckOptions,
): Accepted | null {
  const durationMs = performance.now() - startedAt;
  countCheck(options.surface, result.ok ? "accepted" : result.reason, durationMs);
  if (result.ok) return result;
  logRefusal(bearer, result.reason, options);
  return null;
}

// Garbage is cheap to send: it fills the metrics, and the log only when asked for.
function logRefusal(bearer: string, reason: Refusal, { log, origin }: CheckOptions): void {
  const level = reason === "malformed" ? "debug" : "info";
  if (!log.isLevelEnabled(level)) return;
  const isWellFormed = reason !== "malformed";
  const object = isWellFormed ? bearer.slice("ext/".length, bearer.indexOf(":")) : undefined;
  const { requestId, address } = origin;
  log[level]({ requestId, address, outcome: "refused", reason, object }, "check");
}
