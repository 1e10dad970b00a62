const BAR = 6;
const GAP = 2;
const HEIGHT = 40;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** How often something was used on each of some days, the last one today: bars, and the same in words. */
export function Sparkline({ days, now }: { days: readonly number[]; now: Date }) {
  const most = Math.max(...days, 1);
  const width = days.length * (BAR + GAP) - GAP;
  return (
    <svg
      role="img"
      aria-label={textOf(days, now)}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="block h-12 w-full max-w-md"
      preserveAspectRatio="none"
    >
      {days.map((uses, at) => {
        // What was used at all can be seen; a day without uses is a line on the ground.
        const height = uses === 0 ? 1 : Math.max(3, (uses / most) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place
            key={at}
            x={at * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            className={uses === 0 ? "fill-line-strong" : "fill-accent"}
          >
            <title>{`${dayText(now, days.length - 1 - at)}: ${uses.toLocaleString("en")}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function textOf(days: readonly number[], now: Date): string {
  const all = days.reduce((sum, uses) => sum + uses, 0);
  if (all === 0) return `Not used in the last ${days.length} days.`;
  const most = Math.max(...days);
  const onMost = dayText(now, days.length - 1 - days.lastIndexOf(most));
  const used = days.filter((uses) => uses > 0).length;
  return `Used ${times(all)} in the last ${days.length} days, on ${used} of them; most on ${onMost}, ${times(most)}; today ${times(days.at(-1) ?? 0)}.`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count.toLocaleString("en")} times`;
}

function dayText(now: Date, daysAgo: number): string {
  return new Date(now.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);
}
