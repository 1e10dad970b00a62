"use client";

import { relativeTime } from "../time";
import { useNow } from "../use-now";
import type { Impact } from "./actions";
import type { UserView } from "./user-view";

interface StopImpactProps {
  user: UserView;
  verb: "Disable" | "Delete";
  impact: Impact;
}

/** What stops with a user: in numbers, what is in use by name, and whether it comes back. */
export function StopImpact({ user, verb, impact }: StopImpactProps) {
  return (
    <div className="grid gap-3">
      {user.enabled ? <WhatStops impact={impact} /> : null}
      {user.enabled && impact.lastUsed.length > 0 ? <LastUsed impact={impact} /> : null}
      <p>{verb === "Disable" ? AFTER_DISABLE : afterDelete(user, impact)}</p>
    </div>
  );
}

const AFTER_DISABLE =
  "Nothing is deleted: enabling the user brings back exactly the tokens that are enabled now.";

function afterDelete({ enabled }: UserView, { tokens, countMax }: Impact): string {
  if (enabled) {
    return "The user and all their tokens are deleted, which cannot be undone; the audit trail stays. To be able to go back, disable the user instead.";
  }
  const lost =
    tokens === 0
      ? "They have no token that enabling would bring back."
      : `Enabling would bring back ${counted(tokens, "token", countMax)}.`;
  return `This user is disabled, so nothing of theirs works now. ${lost} Deleting cannot be undone; the audit trail stays.`;
}

function WhatStops({ impact: { tokens, tokensInUse, sessions, countMax } }: { impact: Impact }) {
  if (tokens === 0 && sessions === 0) return <p>No token or sign-in of theirs works right now.</p>;
  const inUse = tokensInUse === 0 ? "none" : tokensInUse.toLocaleString("en");
  return (
    <div>
      <p>At once and everywhere, this stops:</p>
      <ul className="mt-1 list-disc pl-5">
        <li>
          {counted(tokens, "working token", countMax)}
          {tokens === 0 ? null : (
            <>
              , <strong className="font-medium">{inUse} used in the last week</strong>
            </>
          )}
        </li>
        <li>{counted(sessions, "sign-in", countMax)}</li>
      </ul>
    </div>
  );
}

function LastUsed({ impact: { lastUsed, tokensInUse } }: { impact: Impact }) {
  const now = useNow();
  const more = tokensInUse - lastUsed.length;
  return (
    <section aria-label="Used last" className="rounded-md border border-line px-3 py-1 text-sm">
      <ul className="divide-y divide-line">
        {lastUsed.map((token) => (
          <li key={token.name} className="flex items-baseline justify-between gap-3 py-1.5">
            <span className="min-w-0 truncate">
              {token.description || <span className="font-mono">{token.name}</span>}
            </span>
            <span className="shrink-0 text-muted">{relativeTime(token.lastUsedAt, now)}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="border-line border-t py-1.5 text-muted">
          and {more.toLocaleString("en")} more
        </p>
      ) : null}
    </section>
  );
}

function counted(count: number, noun: string, countMax: number): string {
  const many = count.toLocaleString("en");
  if (count >= countMax) return `${many} ${noun}s or more`;
  return `${many} ${noun}${count === 1 ? "" : "s"}`;
}
