import { appendFileSync } from "node:fs";

/**
 * How often something is tried: a little within `npm test`, as often as is promised under
 * `npm run prove`. Both forms run the same code.
 */
export function times({ quick, full }: { quick: number; full: number }): number {
  return process.env.PROVE === "full" ? full : quick;
}

/** The seed of everything random in a proof; `npm run prove` prints and reports it. */
export function seed(): number {
  return Number(process.env.PROVE_SEED ?? 1);
}

/** Tells the report what was promised and what was measured; without `npm run prove`, nobody. */
export function measured(promise: string, found: string): void {
  const file = process.env.PROVE_MEASURED;
  if (file) appendFileSync(file, `${JSON.stringify({ promise, found })}\n`);
}
