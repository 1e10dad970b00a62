import { Counter, Histogram, Registry } from "prom-client";
import type { Refusal } from "@/domain/tokens/check";

/** Everything that `/metrics` shows. */
export const registry = new Registry();

/** Where a token was presented. */
export type Surface = "api" | "caller" | "introspect" | "tokenreview" | "verify";
export type RouteClass = "check" | "page" | "program";

type Outcome = "accepted" | Refusal;

// Counted in plain numbers, and put into the metrics' form when somebody reads them.
const checkTally = new Map<Surface, Map<Outcome, number>>();
const answerTally = new Map<RouteClass, Map<number, number>>();

new Counter({
  name: "latchkey_checks_total",
  help: "Checks of presented tokens by where they were presented, result and reason of refusal.",
  labelNames: ["surface", "result", "reason"],
  registers: [registry],
  collect() {
    this.reset();
    forEachCount(checkTally, (surface, outcome, count) => {
      const isAccepted = outcome === "accepted";
      const result = isAccepted ? "accepted" : "refused";
      this.inc({ surface, result, reason: isAccepted ? "" : outcome }, count);
    });
  },
});

const durations = new Histogram({
  name: "latchkey_check_duration_seconds",
  help: "How long checks of presented tokens took.",
  buckets: [0.000_02, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.01, 0.05, 0.25, 1, 5],
  registers: [registry],
});

new Counter({
  name: "latchkey_http_requests_total",
  help: "Answered requests by class of their address and status.",
  labelNames: ["route", "status"],
  registers: [registry],
  collect() {
    this.reset();
    forEachCount(answerTally, (route, status, count) => this.inc({ route, status }, count));
  },
});

export function countCheck(surface: Surface, outcome: Outcome, durationMs: number): void {
  add(checkTally, surface, outcome);
  durations.observe(durationMs / 1_000);
}

export function countAnswer(route: RouteClass, status: number): void {
  add(answerTally, route, status);
}

function add<A, B>(tally: Map<A, Map<B, number>>, first: A, second: B): void {
  const counts = tally.get(first) ?? new Map<B, number>();
  if (counts.size === 0) tally.set(first, counts);
  counts.set(second, (counts.get(second) ?? 0) + 1);
}

function forEachCount<A, B>(
  tally: Map<A, Map<B, number>>,
  work: (first: A, second: B, count: number) => void,
): void {
  for (const [first, counts] of tally) {
    for (const [second, count] of counts) work(first, second, count);
  }
}
