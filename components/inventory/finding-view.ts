import type { Route } from "next";
import type { TokenFilter } from "@/domain/tokens/filter";
import { type ListPath, listHref } from "../tokens/list-href";
import { type CountView, countText } from "./count-text";

export interface FindingView {
  id: string;
  severity: "high" | "medium" | "low";
  /** How many, "14" or "10,000+"; null when it was not counted in time. */
  count: string | null;
  /** What they have in common, as a sentence without its number. */
  title: string;
  href: Route;
}

interface Finding extends Omit<FindingView, "count" | "href"> {
  count: CountView | null;
  filter: TokenFilter;
}

/** What the page shows of a finding: it leads to the list of just those tokens. */
export function toFindingView(path: ListPath, finding: Finding): FindingView {
  const { id, severity, title, count, filter } = finding;
  const tokens = count?.count === 1 && !count.isMore ? "token" : "tokens";
  return {
    id,
    severity,
    count: count && countText(count),
    title: `${tokens} ${title}`,
    href: listHref(path, filter),
  };
}
