import { Counter, Histogram, Registry } from "prom-client";
import type { Refusal } from "@/domain/tokens/check";

/** Everything that `/metrics` shows. */
export const registry = new Registry();

/** Where a token was presented. */
export type Surface = "api" | "caller" | "introspect" | "tokenreview" | "verify";
export type RouteClass = "check" | "page" | "program";

const checks = new Counter({
  name: "latchkey_checks_total",
  help: "Checks of presented tokens by where they were presented, result and reason of refusal.",
  labelNames: ["surface", "result", "reason"],
  registers: [registry],
});

const durations = new Histogram({
  name: "latchkey_check_duration_seconds",
  help: "How long checks of presented tokens took.",
  buckets: [0.000_02, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.01, 0.05, 0.25, 1, 5],
  registers: [registry],
});

const answers = new Counter({
  name: "latchkey_http_requests_total",
  help: "Answered requests by class of their address and status.",
  labelNames: ["route", "status"],
  registers: [registry],
});

export function countCheck(
  surface: Surface,
  outcome: "accepted" | Refusal,
  durationMs: number,
): void {
  const isAccepted = outcome === "accepted";
  const result = isAccepted ? "accepted" : "refused";
  checks.inc({ surface, result, reason: isAccepted ? "" : outcome });
  durations.observe(durationMs / 1_000);
}

export function countAnswer(route: RouteClass, status: number): void {
  answers.inc({ route, status });
}
