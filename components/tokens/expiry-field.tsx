"use client";

import { useId } from "react";
import { exactTime, relativeTime } from "../time";
import type { TimeFormat } from "../time-format";
import { useTimeFormat } from "../time-format-provider";
import { toLocalInput } from "../time-zone";
import { FieldNote, Input, Select } from "../ui/field";
import { useNow } from "../use-now";
import {
  DURATION_UNITS,
  type ExpiryChoice,
  type ExpiryMode,
  expiryOptions,
  expiryWarning,
  latestExpiry,
  resolveChoice,
} from "./expiry-options";
import type { Viewer } from "./token-view";
import { useExpiryDraft } from "./use-expiry-draft";

interface ExpiryFieldProps {
  viewer: Viewer;
  /** Under which name the choice is kept when the page is loaded anew. */
  draft: string;
  /** The stored token that is edited; absent for a new one. */
  stored?: { createdAt: Date; expiresAt: Date | null };
  error?: string | undefined;
  onEdit?: () => void;
}

/**
 * The one control for an expiry: offers what this person may choose, shows the date it comes to.
 * Posts `expiresAt` as an ISO instant or `never`, and nothing when the expiry is kept; and `ttlMs`
 * when a length of time was chosen, which is what counts for a new token.
 */
export function ExpiryField({ viewer, draft, stored, error, onEdit }: ExpiryFieldProps) {
  const id = useId();
  const now = useNow();
  const format = useTimeFormat();
  const { timeZone } = format;
  const latest = latestExpiry({
    createdAt: stored?.createdAt ?? now,
    current: stored?.expiresAt,
    ttlMsMax: viewer.ttlMsMax,
    canExtend: viewer.canExtend,
  });
  const options = expiryOptions({ latest }, now, modeOf(viewer, stored));
  const { choice: typed, ...change } = useExpiryDraft(
    draft,
    options.map((option) => option.value),
  );
  const { value, amount, unit, date } = typed;
  const choice = value === "keep" ? null : resolveChoice({ ...typed, timeZone }, { latest }, now);
  const unresolved =
    choice !== null && choice !== "never" && "problem" in choice ? choice.problem : undefined;
  const problem = unresolved ?? error;

  return (
    <div
      role="radiogroup"
      data-unresolved={unresolved ? "" : undefined}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-note`}
      className="grid gap-2"
      onChange={onEdit}
    >
      <span id={`${id}-label`} className="font-medium text-sm">
        Expires
      </span>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative rounded-md border border-line-strong/60 bg-surface px-2.5 py-1 text-sm has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 hover:bg-sunken"
          >
            <input
              type="radio"
              name="expiryChoice"
              value={option.value}
              checked={value === option.value}
              onChange={() => change.setValue(option.value)}
              className="absolute inset-0 appearance-none opacity-0"
            />
            {option.label}
          </label>
        ))}
      </div>
      {value === "duration" ? (
        <div className="flex gap-2">
          <Input
            aria-label="Duration"
            inputMode="numeric"
            className="w-24!"
            value={amount}
            aria-invalid={problem ? true : undefined}
            onChange={(event) => change.setAmount(event.target.value)}
          />
          <Select
            aria-label="Unit of the duration"
            className="w-32!"
            value={unit}
            onChange={(event) => change.setUnit(event.target.value)}
          >
            {Object.keys(DURATION_UNITS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
          <span className="self-center text-muted text-sm">from now</span>
        </div>
      ) : null}
      {value === "date" ? (
        <Input
          type="datetime-local"
          aria-label="Date and time"
          className="w-60!"
          value={date}
          min={toLocalInput(stored?.createdAt ?? now, timeZone)}
          max={latest ? toLocalInput(latest, timeZone) : undefined}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => change.setDate(event.target.value)}
        />
      ) : null}
      <input type="hidden" name="expiresAt" value={postedValue(choice)} />
      <input type="hidden" name="ttlMs" value={postedTtl(choice)} />
      <div aria-live="polite">
        <FieldNote
          id={`${id}-note`}
          error={problem}
          hint={<Outcome {...{ choice, stored, latest, now, viewer, format }} />}
        />
      </div>
    </div>
  );
}

function Outcome({
  choice,
  stored,
  latest,
  now,
  viewer,
  format,
}: {
  choice: ExpiryChoice | null;
  stored: ExpiryFieldProps["stored"];
  latest: Date | null;
  now: Date;
  viewer: Viewer;
  format: TimeFormat;
}) {
  const exact = (at: Date) => exactTime(at, format);
  const expiryText = (at: Date | null) =>
    at ? `${exact(at)} (${relativeTime(at, now)})` : "Never expires";
  const isExpired = stored?.expiresAt ? stored.expiresAt < now : false;
  const warning = choice ? expiryWarning(choice, isExpired, now) : null;
  return (
    <>
      <span className="text-ink">
        {stored && choice ? <s className="text-muted">{expiryText(stored.expiresAt)}</s> : null}
        {stored && choice ? " → " : null}
        {choice === null ? expiryText(stored?.expiresAt ?? null) : expiryText(instantOf(choice))}
      </span>
      {warning ? <strong className="mt-1 block font-medium text-danger">{warning}</strong> : null}
      <span className="mt-1 block">
        {rangeText(latest, {
          isEdit: stored !== undefined,
          canExtend: viewer.canExtend,
          now,
          exact,
        })}
      </span>
    </>
  );
}

function modeOf(viewer: Viewer, stored: ExpiryFieldProps["stored"]): ExpiryMode {
  if (!stored) return "create";
  return viewer.canExtend ? "extend" : "shorten";
}

function postedValue(choice: ExpiryChoice | null): string {
  if (choice === null) return "";
  if (choice === "never") return "never";
  return "at" in choice ? choice.at.toISOString() : "invalid";
}

function postedTtl(choice: ExpiryChoice | null): string {
  const ttlMs = choice !== null && choice !== "never" && "at" in choice ? choice.ttlMs : undefined;
  return ttlMs === undefined ? "" : String(ttlMs);
}

function instantOf(choice: ExpiryChoice): Date | null {
  return choice !== "never" && "at" in choice ? choice.at : null;
}

interface RangeContext {
  isEdit: boolean;
  canExtend: boolean;
  now: Date;
  exact: (at: Date) => string;
}

function rangeText(latest: Date | null, { isEdit, canExtend, now, exact }: RangeContext): string {
  if (latest === null) {
    return isEdit && !canExtend ? "You can only shorten it." : "There is no maximum.";
  }
  if (!isEdit) return `Allowed: up to ${exact(latest)}.`;
  if (latest < now) {
    return canExtend
      ? "It is older than the longest lifetime allowed, so it cannot be brought back."
      : "It has expired; only an administrator can bring it back.";
  }
  const limit = `Allowed: up to ${exact(latest)}.`;
  return canExtend ? limit : `${limit} You can only shorten it; an administrator can extend it.`;
}

/** Puts the focus where an expiry is still missing; false when there is nothing to mend. */
export function focusUnresolved(form: HTMLFormElement): boolean {
  const control = form.querySelector<HTMLElement>("[data-unresolved] [aria-invalid=true]");
  control?.focus();
  return control !== null;
}
