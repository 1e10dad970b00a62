import { seed } from "@/prove/proof";

const ATTEMPTS_MAX = 5;

export interface Timings {
  /** The median of each way, in milliseconds. */
  medians: Record<string, number>;
  /** How much the slowest median is above the quickest, and which part of it that is. */
  spreadMs: number;
  spreadPart: number;
}

interface Measurement {
  rounds: number;
  isAlike: (timings: Timings) => boolean;
  prepare?: () => Promise<void>;
}

/**
 * How long each way takes, all of them in turn and in a random order, so that what else the machine
 * does falls on each alike. What seems to differ is measured again: a difference that is real stays.
 */
export async function timeShuffled(
  ways: Record<string, () => Promise<unknown>>,
  { rounds, isAlike, prepare }: Measurement,
): Promise<Timings> {
  for (let attempt = 1; ; attempt += 1) {
    await prepare?.();
    const timings = await timeOnce(ways, rounds, attempt);
    if (isAlike(timings) || attempt === ATTEMPTS_MAX) return timings;
  }
}

/** The medians as text, for a report. */
export function inWords({ medians }: Timings): string {
  return Object.entries(medians)
    .map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`)
    .join(", ");
}

async function timeOnce(
  ways: Record<string, () => Promise<unknown>>,
  rounds: number,
  attempt: number,
): Promise<Timings> {
  const samples: Record<string, number[]> = Object.fromEntries(
    Object.keys(ways).map((name) => [name, []]),
  );
  const turns = Array.from({ length: rounds }, () => Object.entries(ways)).flat();
  shuffle(turns, attempt);
  for (const [name, ask] of turns) {
    const startedAt = performance.now();
    await ask();
    samples[name]?.push(performance.now() - startedAt);
  }
  const medians = Object.fromEntries(
    Object.entries(samples).map(([name, taken]) => [name, medianOf(taken)]),
  );
  const [least, most] = [Math.min, Math.max].map((of) => of(...Object.values(medians)));
  const spreadMs = (most ?? 0) - (least ?? 0);
  return { medians, spreadMs, spreadPart: spreadMs / (least ?? 1) };
}

function medianOf(samples: number[]): number {
  return samples.toSorted((left, right) => left - right)[samples.length >> 1] ?? Number.NaN;
}

function shuffle<T>(items: T[], attempt: number): void {
  let state = (seed() * 31 + attempt) >>> 0;
  for (let at = items.length - 1; at > 0; at -= 1) {
    // A linear congruential generator: Numerical Recipes, 7.1.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    [items[at], items[other]] = [items[other] as T, items[at] as T];
  }
}
