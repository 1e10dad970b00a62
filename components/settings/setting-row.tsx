"use client";

import { Instant } from "../instant";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { capital } from "./effect-text";
import { ListLink } from "./list-link";
import { changerText, countText, type SettingView, storedText, valueText } from "./setting-view";

interface SettingRowProps {
  setting: SettingView;
  now: Date;
  countMax: number;
  isPending: boolean;
  onChange: () => void;
  onReset: () => void;
  onShorten: () => void;
}

/** A setting: what it means, what it is, who made it so, and what can be done with it. */
export function SettingRow(props: SettingRowProps) {
  const { setting, now, countMax, isPending, onChange, onReset, onShorten } = props;
  const { name, title, meaning, value, usual, changed, longerLived } = setting;
  const stored = storedText(setting, value);
  const isUsual = value === usual;
  return (
    <li className="grid gap-x-8 gap-y-3 px-4 py-4 lg:grid-cols-[minmax(0,1fr)_15rem_auto]">
      <div className="min-w-0">
        <h3 className="font-medium">{title}</h3>
        <p className="mt-0.5 max-w-prose text-muted text-sm">{meaning}</p>
        <p className="mt-1.5 break-all font-mono text-muted text-xs">{name}</p>
      </div>
      <div className="min-w-0 text-sm">
        <p className="font-semibold text-base">{valueText(setting, value)}</p>
        {stored ? <p className="text-muted">{stored}</p> : null}
        <p className="text-muted">
          {isUsual ? "This is the default" : `Default: ${valueText(setting, usual)}`}
        </p>
        <p className="text-muted">
          {changed ? (
            <>
              Changed by <span className="break-words text-ink">{changerText(changed.by)}</span>{" "}
              <Instant at={changed.at} now={now} />
            </>
          ) : (
            "Never changed"
          )}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2 lg:w-40 lg:flex-col lg:items-stretch">
        <Button
          size="sm"
          className="lg:justify-center"
          aria-label={`Change ${title}`}
          disabled={isPending}
          onClick={onChange}
        >
          Change
        </Button>
        {isUsual ? null : (
          <Button
            size="sm"
            variant="quiet"
            className="lg:justify-center"
            aria-label={`Put ${title} back to default`}
            disabled={isPending}
            onClick={onReset}
          >
            Put back to default
          </Button>
        )}
      </div>
      <Leftover
        setting={setting}
        countMax={countMax}
        isPending={isPending}
        longerLived={longerLived ?? 0}
        onShorten={onShorten}
      />
    </li>
  );
}

function Leftover(props: {
  setting: SettingView;
  countMax: number;
  isPending: boolean;
  longerLived: number;
  onShorten: () => void;
}) {
  const { setting, countMax, isPending, longerLived, onShorten } = props;
  const { name, value, longerLived: isMaximum, resourceVersion } = setting;
  const noun = name.includes("session") ? "sign-in" : "token";
  const wasChanged = isMaximum !== null && resourceVersion !== "0";
  if (longerLived === 0 && !wasChanged) return null;
  const text = capital(countText(longerLived, noun, countMax));
  return (
    <div className="grid gap-2 text-sm lg:col-span-full">
      {longerLived > 0 ? (
        <Notice tone="info">
          <p>
            {text} {longerLived === 1 ? "lives" : "live"} longer than this maximum.{" "}
            <ListLink name={name} value={value} />
          </p>
          <Button size="sm" className="mt-2" disabled={isPending} onClick={onShorten}>
            Shorten {longerLived === 1 ? "it" : "them"}…
          </Button>
        </Notice>
      ) : null}
      {wasChanged ? (
        <p>
          <ListLink name={name}>What was shortened since the last change</ListLink>
        </p>
      ) : null}
    </div>
  );
}
