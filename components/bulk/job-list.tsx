"use client";

import type { Route } from "next";
import { Instant } from "../instant";
import { Pager } from "../pager";
import { JobState } from "./job-state";
import { type JobView, jobHref, progressText, titleOf } from "./job-view";

interface JobListProps {
  jobs: readonly JobView[];
  now: Date;
  hasActors: boolean;
  next: Route | null;
  first: Route | null;
}

/** The last bulk actions, the newest first. */
export function JobList({ jobs, now, hasActors, next, first }: JobListProps) {
  return (
    <>
      <h1 className="font-semibold text-xl leading-8 tracking-tight">Bulk actions</h1>
      <p className="mt-0.5 text-muted text-sm">
        What was done to many tokens at once. Kept for 90 days; the audit trail keeps every change.
      </p>
      <section
        aria-label="Bulk actions"
        className="mt-4 rounded-lg border border-line bg-surface text-sm"
      >
        {jobs.length === 0 ? (
          <p className="px-4 py-10 text-center text-muted">
            None yet. Select tokens in a list to do something with all of them.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {jobs.map((job) => (
              <li key={job.id} className="grid gap-1 px-4 py-3">
                <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <a href={jobHref(job.id)} className="rounded-sm font-medium hover:text-accent">
                    {titleOf(job)}
                  </a>
                  <JobState state={job.state} />
                </p>
                <p>{progressText(job)}</p>
                <p className="wrap-anywhere flex flex-wrap gap-x-4 text-muted">
                  {hasActors ? <span>By {job.actorName}</span> : null}
                  <Instant at={job.createdAt} now={now} />
                  {job.reason ? <span>{job.reason}</span> : null}
                </p>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Pager previous={first} next={next} />
    </>
  );
}
