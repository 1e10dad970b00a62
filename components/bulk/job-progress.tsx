"use client";

import { useState, useTransition } from "react";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { useHasScripts } from "../use-has-scripts";
import type { BulkActions } from "./actions";
import { JobState } from "./job-state";
import { isEnded, type JobView, progressText } from "./job-view";
import { useProgress } from "./use-progress";

interface JobProgressProps {
  job: JobView;
  cancel: BulkActions["cancel"];
}

/** How far it has come, told as it goes on, with the button that stops it. */
export function JobProgress({ job, cancel }: JobProgressProps) {
  const progress = useProgress(job);
  const hasScripts = useHasScripts();
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const isOver = isEnded(progress);
  const done = progress.changed + progress.skipped;

  const handleCancel = () =>
    startTransition(async () => {
      const answer = await cancel(job.id);
      if (answer.status === "failed" && !answer.conflict) setProblem(answer.message);
    });

  return (
    <section
      aria-label="Progress"
      className="grid gap-3 rounded-lg border border-line bg-surface px-4 py-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <JobState state={progress.state} />
        {isOver || !hasScripts ? null : (
          <Button size="sm" variant="caution" disabled={isPending} onClick={handleCancel}>
            {isPending ? "Cancelling…" : "Cancel"}
          </Button>
        )}
      </div>
      {isOver ? null : (
        <progress
          aria-label="Tokens done"
          className="h-2 w-full appearance-none overflow-hidden rounded-full border-0 bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
          {...(progress.state === "collecting" ? {} : { value: done })}
          max={Math.max(progress.total, 1)}
        />
      )}
      <p role="status" className="font-medium">
        {progressText({ ...progress, action: job.action })}
      </p>
      {isOver ? null : (
        <p className="text-muted text-sm">
          It goes on when you leave this page, and when the server is started again. What is done
          stays done when you cancel.
          {hasScripts ? "" : " Reload this page to see how far it has come."}
        </p>
      )}
      {progress.isWaiting && !isOver ? (
        <Notice tone="info">Nobody works on it at the moment. It goes on by itself.</Notice>
      ) : null}
      {progress.problem ? (
        <Notice tone="danger">It was stopped: {progress.problem} What is done stays done.</Notice>
      ) : null}
      {problem ? (
        <Notice tone="danger" alert>
          {problem}
        </Notice>
      ) : null}
    </section>
  );
}
