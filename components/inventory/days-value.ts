const DAY_MS = 24 * 60 * 60 * 1_000;

/** The filter of the days from one to another, both included and either left open; or undefined. */
export function daysValue(from: string, to: string): string | undefined {
  if (from && to) {
    if (from > to) return undefined;
    return from === to ? from : `${from}..${to}`;
  }
  if (from) return `>${moved(from, -DAY_MS)}`;
  return to ? `<${moved(to, DAY_MS)}` : undefined;
}

function moved(day: string, byMs: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + byMs).toISOString().slice(0, 10);
}
