"use client";

import { useActionState, useRef, useState } from "react";
import type { FormAction } from "../form-state";
import { exactTime } from "../time";
import { DATE_FORMATS, type DateFormat, type TimeFormat } from "../time-format";
import { Field, Select } from "../ui/field";
import { useClock } from "../use-clock";
import { useFieldErrors } from "../use-field-errors";
import { useHasScripts } from "../use-has-scripts";
import { FormFoot } from "./form-foot";
import { useSavedForm } from "./use-saved-form";

interface TimeFormProps {
  stored: TimeFormat;
  /** Every zone that can be chosen, by name. */
  timeZones: readonly string[];
  now: Date;
  action: FormAction;
}

const FORMAT_NAMES: Record<DateFormat, string> = {
  "day-month": "Day first, 24 hours",
  "month-day": "Month first, 12 hours",
  iso: "Year first (ISO 8601)",
};

export function TimeForm({ stored, timeZones, now, action }: TimeFormProps) {
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  const [chosen, setChosen] = useState(stored);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);
  const handleSubmit = useSavedForm(state, submit, isPending);
  const clock = useClock(now);
  const isStored = chosen.timeZone === stored.timeZone && chosen.dateFormat === stored.dateFormat;
  return (
    <form
      ref={form}
      action={submit}
      onSubmit={handleSubmit}
      noValidate
      className="grid max-w-xl gap-4"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Time zone" {...problemOf("timeZone")}>
          {(control) => (
            <Select
              {...control}
              name="timeZone"
              value={chosen.timeZone ?? ""}
              onChange={(event) => setChosen({ ...chosen, timeZone: event.target.value || null })}
            >
              <BrowsersZone />
              <ZoneOptions timeZones={timeZones} />
            </Select>
          )}
        </Field>
        <Field label="Date format" {...problemOf("dateFormat")}>
          {(control) => (
            <Select
              {...control}
              name="dateFormat"
              value={chosen.dateFormat ?? ""}
              onChange={(event) =>
                setChosen({ ...chosen, dateFormat: toDateFormat(event.target.value) })
              }
            >
              <option value="">As this browser does</option>
              {DATE_FORMATS.map((format) => (
                <option key={format} value={format}>
                  {FORMAT_NAMES[format]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {clock.isReaders ? (
        <p className="text-sm">
          <span className="text-muted">Now is </span>
          <output>{exactTime(clock.now, chosen)}</output>
        </p>
      ) : null}
      <FormFoot
        state={state}
        isPending={isPending}
        label="Save date and time"
        doneText={isStored ? "Saved" : null}
      />
    </form>
  );
}

function BrowsersZone() {
  const hasScripts = useHasScripts();
  const zone = hasScripts ? ` (${new Intl.DateTimeFormat().resolvedOptions().timeZone})` : "";
  return <option value="">{`This browser’s${zone}`}</option>;
}

function ZoneOptions({ timeZones }: { timeZones: readonly string[] }) {
  const regions = new Map<string, string[]>();
  for (const zone of timeZones) {
    const region = zone.includes("/") ? zone.slice(0, zone.indexOf("/")) : "Everywhere";
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions].map(([region, zones]) => (
    <optgroup key={region} label={region}>
      {zones.map((zone) => (
        <option key={zone}>{zone}</option>
      ))}
    </optgroup>
  ));
}

function toDateFormat(value: string): DateFormat | null {
  return DATE_FORMATS.find((format) => format === value) ?? null;
}
