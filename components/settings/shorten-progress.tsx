"use client";

import { useEffect, useRef } from "react";
import { Button } from "../ui/button";
import { DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { ListLink } from "./list-link";
import { countOf, countText } from "./setting-view";
import type { Shortening } from "./use-shortening";

interface ShortenProgressProps {
  name: string;
  noun: string;
  /** The maximum in words. */
  wanted: string;
  shortening: Shortening;
  countMax: number;
  onGoOn: () => void;
  onClose: () => void;
}

/** How far shortening has come, and at its end what it did, with the list. */
export function ShortenProgress(props: ShortenProgressProps) {
  const { name, noun, wanted, shortening, countMax, onGoOn, onClose } = props;
  const { status, shortened, ended, remaining, problem } = shortening;
  const start = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what had the focus is gone at each turn
  useEffect(() => start.current?.focus(), [status]);

  return (
    <div ref={start} tabIndex={-1} className="grid gap-4 outline-none">
      {status === "done" ? null : (
        <progress
          aria-label={`${noun}s shortened`}
          className="h-2 w-full appearance-none overflow-hidden rounded-full border-0 bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
          value={shortened}
          max={Math.max(shortened + remaining, 1)}
        />
      )}
      <p role="status">
        {status === "done" ? (
          <>
            {doneText(shortened, noun, wanted)}
            {ended > 0 ? ` ${ended.toLocaleString("en")} of these ended by that.` : ""}
          </>
        ) : (
          `${countOf(shortened, noun)} shortened, ${countText(remaining, noun, countMax)} to go.`
        )}
      </p>
      {shortened > 0 && status !== "running" ? (
        <p>
          <ListLink name={name}>Download the list of what was shortened</ListLink>
        </p>
      ) : null}
      {problem ? (
        <Notice tone="danger" alert>
          {problem} What is done stays done; the page offers the rest until it is shortened.
        </Notice>
      ) : null}
      <DialogActions>
        {status === "stopped" ? <Button onClick={onGoOn}>Go on</Button> : null}
        <Button variant={status === "running" ? "secondary" : "primary"} onClick={onClose}>
          {status === "running" ? "Stop" : "Done"}
        </Button>
      </DialogActions>
    </div>
  );
}

function doneText(shortened: number, noun: string, wanted: string): string {
  if (shortened === 0) return `No ${noun} lives longer than ${wanted} any more.`;
  return `${countOf(shortened, noun)} ${shortened === 1 ? "was" : "were"} shortened to ${wanted}.`;
}
