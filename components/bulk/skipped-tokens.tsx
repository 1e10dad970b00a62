import type { Route } from "next";
import { Pager } from "../pager";
import { type JobView, jobHref, type SkippedView } from "./job-view";

interface SkippedTokensProps {
  job: JobView;
  skipped: SkippedView;
  isLater: boolean;
}

/** What was left as it is, and why: the reasons counted, and the tokens. */
export function SkippedTokens({ job, skipped, isLater }: SkippedTokensProps) {
  const { items, reasons, next } = skipped;
  if (items.length === 0 && !isLater) return null;
  return (
    <section aria-labelledby="skipped" className="rounded-lg border border-line bg-surface">
      <h2 id="skipped" className="px-4 pt-3 font-medium">
        Skipped
      </h2>
      {reasons.length > 1 ? (
        <ul aria-label="Reasons" className="px-4 pt-1 text-muted text-sm">
          {reasons.map(({ why, count }) => (
            <li key={why} className="wrap-anywhere">
              {count.toLocaleString("en")} × {why}
            </li>
          ))}
        </ul>
      ) : null}
      <ul aria-label="Skipped tokens" className="mt-2 divide-y divide-line border-line border-t">
        {items.map(({ position, tokenName, ownerName, why }) => (
          <li
            key={position}
            className="grid gap-x-4 px-4 py-2 text-sm sm:grid-cols-[11rem_minmax(0,1fr)]"
          >
            <span className="min-w-0">
              <a
                href={`/tokens/${encodeURIComponent(tokenName)}`}
                className="wrap-anywhere rounded-sm font-mono hover:text-accent hover:underline"
              >
                {tokenName}
              </a>
            </span>
            <span className="wrap-anywhere">
              {why}
              {ownerName && job.scope === "all" ? (
                <span className="text-muted"> Owner: {ownerName}.</span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {next || isLater ? (
        <div className="px-4 pb-3">
          <Pager
            previous={isLater ? jobHref(job.id) : null}
            next={next ? (`${jobHref(job.id)}?after=${next}` as Route) : null}
          />
        </div>
      ) : null}
    </section>
  );
}
