"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isEnded, type JobProgress, type JobView, jobHref } from "./job-view";

const INTERVAL_MS = 1_000;

/** How far a bulk action has come, asked every second until it ends; then the page is read anew. */
export function useProgress(job: JobView): JobProgress {
  const router = useRouter();
  const [heard, setHeard] = useState<JobProgress | null>(null);
  const known = isEnded(job) ? job : (heard ?? job);
  const isOver = isEnded(known);

  useEffect(() => {
    if (isOver) return;
    const abort = new AbortController();
    const timer = setInterval(async () => {
      const answer = await fetch(`${jobHref(job.id)}/progress`, { signal: abort.signal }).catch(
        () => null,
      );
      if (!answer?.ok || abort.signal.aborted) return;
      const progress: JobProgress = await answer.json();
      setHeard(progress);
      if (isEnded(progress)) router.refresh();
    }, INTERVAL_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [isOver, job.id, router]);

  return known;
}
