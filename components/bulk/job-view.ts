import type { Route } from "next";
import type { TokenFilter } from "@/domain/tokens/filter";
import { toQuery } from "@/domain/tokens/query-language";
import type { BulkAction } from "./actions";
import { BULK_WORDS, tokensText } from "./words";

/** A bulk action as its page shows it. */
export interface JobView {
  id: string;
  actorName: string;
  scope: "own" | "all";
  action: BulkAction;
  /** Of an extension or a shortening; null there is never. */
  expiresAt: Date | null;
  reason: string | null;
  state: "collecting" | "running" | "done" | "cancelled" | "failed";
  total: number;
  changed: number;
  skipped: number;
  /** Why it was stopped. */
  problem: string | null;
  isWaiting: boolean;
  createdAt: Date;
  finishedAt: Date | null;
  readAt: Date;
}

/** What was left as it is. */
export interface SkippedView {
  items: { position: number; tokenName: string; ownerName: string | null; why: string | null }[];
  /** The last position of this page where more follow. */
  next: number | null;
  reasons: { why: string; count: number }[];
}

/** The part of a job that changes while it runs. */
export type JobProgress = Pick<
  JobView,
  "state" | "total" | "changed" | "skipped" | "problem" | "isWaiting"
>;

/** The address of a bulk action. The cast holds: it is a page, whatever the id. */
export function jobHref(id: string): Route {
  return `/bulk/${id}` as Route;
}

export function isEnded({ state }: Pick<JobView, "state">): boolean {
  return state === "done" || state === "cancelled" || state === "failed";
}

/** `Disable tokens`, as a heading. */
export function titleOf({ action }: Pick<JobView, "action">): string {
  return `${BULK_WORDS[action].do} tokens`;
}

/** How far it has come, or what it did. */
export function progressText(job: JobProgress & Pick<JobView, "action">): string {
  const { state, total, changed, skipped } = job;
  const words = BULK_WORDS[job.action];
  const result = `${tokensText(changed)} ${words.done}, ${skipped.toLocaleString("en")} skipped`;
  const rest = total - changed - skipped;
  switch (state) {
    case "collecting":
      return `Collecting the tokens: ${total.toLocaleString("en")} so far.`;
    case "running":
      return `${words.doing}: ${(changed + skipped).toLocaleString("en")} of ${tokensText(total)}, ${skipped.toLocaleString("en")} skipped.`;
    case "done":
      return total === 0 ? "No token matched any more." : `${result}.`;
    case "cancelled":
    case "failed":
      return `${result}, ${rest.toLocaleString("en")} not reached.`;
  }
}

/** What was selected, in words of the search box. */
export function selectionText(job: Pick<JobView, "scope">, filter: TokenFilter | null) {
  const whose = job.scope === "all" ? "everybody’s tokens" : "their own tokens";
  if (!filter) return `Selected by name among ${whose}`;
  const text = toQuery(filter);
  return text ? `Everything that matched ${text} among ${whose}` : `All of ${whose}`;
}
