"use client";

import { useId } from "react";
import { Field, FieldNote, Input, Select } from "../ui/field";
import type { FieldProblem } from "../use-field-errors";
import { canBeUnlimited, type Draft } from "./draft";
import { MINUTES, type MinutesUnit, type SettingView, valueText } from "./setting-view";

interface SettingFieldProps extends FieldProblem {
  setting: SettingView;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** The value of a setting to edit: an amount with its unit, or one of two answers. */
export function SettingField(props: SettingFieldProps) {
  return props.setting.range ? <Amount {...props} /> : <Answer {...props} />;
}

function Amount({ setting, draft, onChange, error, onEdit }: SettingFieldProps) {
  const isTime = setting.range?.unit === "minutes";
  return (
    <div className="grid gap-3" onChange={onEdit}>
      <Field label="Value" hint={rangeText(setting)} error={error}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              data-autofocus
              inputMode="decimal"
              autoComplete="off"
              className="max-w-40"
              disabled={draft.isUnlimited}
              value={draft.amount}
              onChange={(event) => onChange({ ...draft, amount: event.target.value })}
            />
            {isTime ? (
              <Select
                aria-label="Unit of the value"
                className="max-w-32"
                disabled={draft.isUnlimited}
                value={draft.unit}
                onChange={(event) =>
                  onChange({ ...draft, unit: event.target.value as MinutesUnit })
                }
              >
                {Object.keys(MINUTES).map((unit) => (
                  <option key={unit}>{unit}</option>
                ))}
              </Select>
            ) : (
              <span className="self-center text-muted">{setting.range?.unit}</span>
            )}
          </div>
        )}
      </Field>
      {canBeUnlimited(setting) ? (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={draft.isUnlimited}
            onChange={(event) => onChange({ ...draft, isUnlimited: event.target.checked })}
          />
          No maximum: tokens may live for ever
        </label>
      ) : null}
    </div>
  );
}

function Answer({ setting, draft, onChange, error, onEdit }: SettingFieldProps) {
  const noteId = useId();
  return (
    <fieldset
      className="grid gap-2"
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? noteId : undefined}
      onChange={onEdit}
    >
      <legend className="mb-1.5 font-medium text-sm">Value</legend>
      {[true, false].map((answer) => (
        <label key={String(answer)} className="flex items-center gap-2">
          <input
            type="radio"
            name="value"
            className="size-4 accent-accent"
            data-autofocus={draft.isAllowed === answer || undefined}
            checked={draft.isAllowed === answer}
            onChange={() => onChange({ ...draft, isAllowed: answer })}
          />
          {valueText(setting, String(answer))}
        </label>
      ))}
      <FieldNote id={noteId} error={error} />
    </fieldset>
  );
}

function rangeText(setting: SettingView): string {
  if (!setting.range) return "";
  const { min, max } = setting.range;
  return `From ${valueText(setting, String(Math.max(min, 1)))} to ${valueText(setting, String(max))}.`;
}
