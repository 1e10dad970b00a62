"use client";

import { exactTime, relativeTime } from "../time";
import { useTimeFormat } from "../time-format-provider";
import { Notice } from "../ui/notice";
import { useNow } from "../use-now";
import type { BulkAction, BulkPreviewView } from "./actions";
import { someText, tokensText } from "./words";

interface BulkFindingsProps {
  action: BulkAction;
  expiresAt: string | null;
  preview: BulkPreviewView;
}

/** What would happen, in numbers; what would break, by name. */
export function BulkFindings({ action, expiresAt, preview }: BulkFindingsProps) {
  const format = useTimeFormat();
  const { total } = preview;
  if (total.count === 0) return <p>No token matches. There is nothing to {action}.</p>;
  const until =
    expiresAt === null || expiresAt === "never" ? null : exactTime(new Date(expiresAt), format);
  const warnings = warningsOf(action, preview);
  const notes = notesOf(action, preview);
  return (
    <>
      <p>
        <strong className="font-semibold">{tokensText(total.count, total.isMore)}</strong>{" "}
        {effectText(action, total, until)}
      </p>
      {warnings.length > 0 ? (
        <Notice tone="warning">
          <ul className="grid gap-1">
            {warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <Endangered preview={preview} />
      {notes.length > 0 ? (
        <ul className="list-disc pl-5 text-muted text-sm">
          {notes.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function effectText(
  action: BulkAction,
  { count, isMore }: BulkPreviewView["total"],
  until: string | null,
): string {
  const isOne = count === 1 && !isMore;
  const whose = isOne ? "it" : "them";
  switch (action) {
    case "disable":
      return `will be refused from then on. You can enable ${whose} again.`;
    case "enable":
      return `will be accepted again, as long as ${isOne ? "it has" : "they have"} not expired.`;
    case "delete":
      return `will be gone for good. The audit trail stays.`;
    case "extend":
      return until ? `will end no sooner than ${until}.` : "will never expire.";
    case "shorten":
      return `will end at ${until ?? "once"}, unless ${isOne ? "it ends" : "they end"} sooner.`;
  }
}

function warningsOf(action: BulkAction, preview: BulkPreviewView): string[] {
  const isStopping = action === "disable" || action === "delete" || action === "shorten";
  const used = isStopping ? someText(preview.usedLately) : null;
  const admins = someText(preview.admins);
  const expired = action === "extend" ? someText(preview.expired) : null;
  const disabled = action === "enable" ? someText(preview.disabledOwners) : null;
  return [
    used && `In use, within the last 24 hours: ${used}. What uses them stops working.`,
    admins && `Of administrators: ${admins}.`,
    expired && `Expired: ${expired}. Whoever holds them can use them again.`,
    disabled && `Of disabled people: ${disabled}. These stay refused until their owner is enabled.`,
  ].filter((text) => typeof text === "string");
}

function notesOf(action: BulkAction, preview: BulkPreviewView): string[] {
  const { missing } = preview;
  const isStopping = action === "disable" || action === "delete" || action === "shorten";
  const same = action === "delete" ? null : someText(preview.same);
  const above = someText(preview.aboveMaximum);
  const already = {
    disable: "are disabled already",
    enable: "are enabled already",
    delete: "",
    extend: "end later already",
    shorten: "end sooner already",
  }[action];
  return [
    same && `Skipped, because they ${already}: ${same}.`,
    above && `Skipped, because that is past the longest lifetime allowed: ${above}.`,
    isStopping && preview.current?.count
      ? "Your own sign-in is among them and will be left alone."
      : null,
    missing > 0 ? `${tokensText(missing)} of those selected are gone by now.` : null,
    "What somebody changes before its turn is left alone and reported.",
  ].filter((text) => typeof text === "string");
}

function Endangered({ preview: { endangered } }: { preview: BulkPreviewView }) {
  const now = useNow();
  if (endangered === null) {
    return <p className="text-muted text-sm">Finding those in use by name takes too long here.</p>;
  }
  if (endangered.length === 0) return null;
  return (
    <ul
      aria-label="In use or an administrator’s"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key scrolls the list
      tabIndex={0}
      className="max-h-52 divide-y divide-line overflow-y-auto rounded-md bg-sunken px-3"
    >
      {endangered.map(({ name, description, ownerName, ownerRole, lastUsedAt }) => (
        <li key={name} className="py-1.5 text-sm">
          <p className="flex flex-wrap justify-between gap-x-3">
            <span className="font-mono">{name}</span>
            <span className="text-muted">
              {lastUsedAt ? `used ${relativeTime(lastUsedAt, now)}` : "never used"}
            </span>
          </p>
          <p className="wrap-anywhere text-muted">
            {ownerName}
            {ownerRole === "admin" ? ", administrator" : ""}
            {description ? ` · ${description}` : ""}
          </p>
        </li>
      ))}
    </ul>
  );
}
