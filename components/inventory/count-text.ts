export interface CountView {
  count: number;
  isMore: boolean;
}

const format = new Intl.NumberFormat("en");

/** "37", "10,000+" where there are more, "–" where it was not counted. */
export function countText(count: CountView | null): string {
  if (!count) return "–";
  return `${format.format(count.count)}${count.isMore ? "+" : ""}`;
}

/** "1 token", "1,204 tokens", "10,000+ tokens". */
export function tokensText(count: CountView): string {
  return `${countText(count)} ${count.count === 1 && !count.isMore ? "token" : "tokens"}`;
}
