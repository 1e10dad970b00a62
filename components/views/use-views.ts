"use client";

import { useCallback, useEffect, useState } from "react";
import type { SavedView, ViewList } from "@/domain/views/view";
import type { ViewActions } from "./actions";

/**
 * The views of a list, fetched when they are first needed: at once where one is open, else when the
 * menu is. `problem` says why there are none.
 */
export function useViews(actions: ViewActions, list: ViewList, isOneOpen: boolean) {
  const [views, setViews] = useState<readonly SavedView[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const fetchViews = useCallback(async () => {
    const answer = await actions.list(list).catch(() => null);
    if (answer?.status === "done") {
      setViews(answer.result);
      setProblem(null);
    } else {
      setProblem(answer?.status === "failed" ? answer.message : "The views cannot be fetched.");
    }
  }, [actions, list]);
  useEffect(() => {
    if (isOneOpen) void fetchViews();
  }, [isOneOpen, fetchViews]);
  return { views, problem, fetchViews };
}
