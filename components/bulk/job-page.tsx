"use client";

import { ArrowLeft } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import type { TokenFilter } from "@/domain/tokens/filter";
import { Instant } from "../instant";
import { exactTime } from "../time";
import { useTimeFormat } from "../time-format-provider";
import { listHref } from "../tokens/list-href";
import { buttonClass } from "../ui/button";
import type { BulkActions } from "./actions";
import { JobProgress } from "./job-progress";
import {
  isEnded,
  type JobView,
  jobHref,
  type SkippedView,
  selectionText,
  titleOf,
} from "./job-view";
import { SkippedTokens } from "./skipped-tokens";

interface JobPageProps {
  job: JobView;
  /** Null where the tokens were named. */
  filter: TokenFilter | null;
  skipped: SkippedView;
  /** Not the beginning of what was skipped. */
  isLater: boolean;
  /** Where the events of its tokens are, for those who may see them. */
  eventsHref: Route | null;
  cancel: BulkActions["cancel"];
}

/** One bulk action: what was asked, how far it is, and what came of it. */
export function JobPage({ job, filter, skipped, isLater, eventsHref, cancel }: JobPageProps) {
  return (
    <>
      <a
        href="/bulk"
        className="inline-flex items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Bulk actions
      </a>
      <header className="mt-3">
        <h1 className="font-semibold text-xl leading-8 tracking-tight">{titleOf(job)}</h1>
        <p className="mt-0.5 flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
          <span>By {job.actorName}</span>
          <Instant at={job.createdAt} now={job.readAt} />
        </p>
      </header>
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="grid gap-6">
          <JobProgress job={job} cancel={cancel} />
          <SkippedTokens job={job} skipped={skipped} isLater={isLater} />
        </div>
        <JobFacts job={job} filter={filter} eventsHref={eventsHref} />
      </div>
    </>
  );
}

function JobFacts({
  job,
  filter,
  eventsHref,
}: Pick<JobPageProps, "job" | "filter" | "eventsHref">) {
  const format = useTimeFormat();
  const isExpiryChanged = job.action === "extend" || job.action === "shorten";
  const path = job.scope === "all" ? "/admin/tokens" : "/tokens";
  return (
    <section aria-label="Facts" className="rounded-lg border border-line bg-surface px-4 py-1">
      <dl className="divide-y divide-line text-sm">
        <Fact label="Tokens">
          {filter ? (
            <a href={listHref(path, filter)} className={LINK}>
              {selectionText(job, filter)}
            </a>
          ) : (
            selectionText(job, filter)
          )}
        </Fact>
        {isExpiryChanged ? (
          <Fact label="To end">{job.expiresAt ? exactTime(job.expiresAt, format) : "Never"}</Fact>
        ) : null}
        <Fact label="Reason">{job.reason ?? "None given"}</Fact>
        <Fact label="Ended">
          {job.finishedAt ? (
            <Instant at={job.finishedAt} now={job.readAt} align="end" />
          ) : (
            "Not yet"
          )}
        </Fact>
      </dl>
      <p className="flex flex-wrap gap-2 border-line border-t py-3">
        <a href={`${jobHref(job.id)}/result`} download className={buttonClass("secondary", "sm")}>
          {isEnded(job) ? "Download the result" : "Download the result so far"}
        </a>
        {eventsHref ? (
          <a href={eventsHref} className={buttonClass("secondary", "sm")}>
            Show its events
          </a>
        ) : null}
      </p>
    </section>
  );
}

const LINK = "rounded-sm underline decoration-line-strong underline-offset-4 hover:text-accent";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] gap-3 py-2">
      <dt className="text-muted">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
