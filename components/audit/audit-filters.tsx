"use client";

import type { Route } from "next";
import { useRef } from "react";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "@/domain/audit/actions";
import { type AuditFilter, parseAuditFilter, SINCE_WINDOWS } from "@/domain/audit/filter";
import { useTimeFormat } from "../time-format-provider";
import { fromLocalInput, toLocalInput } from "../time-zone";
import { Button } from "../ui/button";
import { Field, Input, Select } from "../ui/field";
import { useHasScripts } from "../use-has-scripts";
import { useShortcut } from "../use-shortcut";
import { AuditChips } from "./audit-chips";
import { auditHref } from "./audit-href";

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (href: Route) => void;
}

const PEOPLE = [
  ["actor", "Actor", "Who did it"],
  ["owner", "Owner", "Whose it is"],
] as const;
const MORE = [
  ["object", "Object", "Token, user, setting"],
  ["address", "Address", "Network address"],
  ["request", "Request", "Request id"],
] as const;
const IN_MORE = ["object", "address", "request", "from", "to"] as const;

/** A plain GET form, so that it works without scripts; with them choices apply at once. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const form = useRef<HTMLFormElement>(null);
  const hasScripts = useHasScripts();
  const { timeZone } = useTimeFormat();
  useShortcut("/", () => form.current?.querySelector("input")?.focus());
  const apply = () => {
    if (form.current) onChange(auditHref(filterOf(form.current, timeZone)));
  };
  const timeOf = (at: Date | undefined) =>
    at && (hasScripts ? toLocalInput(at, timeZone) : at.toISOString().slice(0, 16));
  return (
    <search>
      {/* A new filter makes a new form: its fields show what the address says. */}
      <form
        ref={form}
        key={`${auditHref(filter)} ${hasScripts}`}
        action="/admin/audit"
        method="get"
        className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        {PEOPLE.map(([name, label, placeholder]) => (
          <TextField
            key={name}
            name={name}
            label={label}
            placeholder={placeholder}
            filter={filter}
          />
        ))}
        <Select
          name="action"
          aria-label="Action"
          defaultValue={filter.action ?? ""}
          onChange={apply}
        >
          <option value="">Any action</option>
          {Object.entries(AUDIT_ACTIONS).map(([action, text]) => (
            <option key={action} value={action}>
              {capital(text)}
            </option>
          ))}
        </Select>
        <Select
          name="outcome"
          aria-label="Outcome"
          defaultValue={filter.outcome ?? ""}
          onChange={apply}
        >
          <option value="">Any outcome</option>
          {Object.entries(AUDIT_OUTCOMES).map(([outcome, text]) => (
            <option key={outcome} value={outcome}>
              {text}
            </option>
          ))}
        </Select>
        <Select
          name="since"
          aria-label="Since"
          defaultValue={filter.since ?? ""}
          onChange={(event) => {
            for (const name of ["from", "to"]) {
              const field = form.current?.querySelector<HTMLInputElement>(`[name=${name}]`);
              if (field && event.currentTarget.value) field.value = "";
            }
            apply();
          }}
        >
          <option value="">Any time</option>
          {Object.entries(SINCE_WINDOWS).map(([since, { label }]) => (
            <option key={since} value={since}>
              {label}
            </option>
          ))}
        </Select>
        <details className="col-span-full" open={IN_MORE.some((name) => filter[name])}>
          <summary className="w-fit rounded-sm text-muted text-sm hover:text-ink">
            More filters
          </summary>
          <div className="mt-2 grid grid-cols-2 items-end gap-2 sm:grid-cols-3 lg:grid-cols-5">
            {MORE.map(([name, label, placeholder]) => (
              <TextField
                key={name}
                name={name}
                label={label}
                placeholder={placeholder}
                filter={filter}
              />
            ))}
            <TimeField name="from" label="From" value={timeOf(filter.from)} />
            <TimeField name="to" label="Until" value={timeOf(filter.to)} />
          </div>
        </details>
        <div className="col-span-full flex flex-wrap items-center gap-2">
          <Button type="submit" size="sm">
            Apply
          </Button>
          <AuditChips filter={filter} isReaders={hasScripts} />
        </div>
      </form>
    </search>
  );
}

interface TextFieldProps {
  name: "actor" | "owner" | "object" | "address" | "request";
  label: string;
  placeholder: string;
  filter: AuditFilter;
}

function TextField({ name, label, placeholder, filter }: TextFieldProps) {
  return (
    <Input
      name={name}
      aria-label={label}
      aria-keyshortcuts={name === "actor" ? "/" : undefined}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      maxLength={256}
      defaultValue={filter[name]}
    />
  );
}

interface TimeFieldProps {
  name: string;
  label: string;
  value: string | undefined;
}

function TimeField({ name, label, value }: TimeFieldProps) {
  return (
    <Field label={label}>
      {(control) => <Input {...control} type="datetime-local" name={name} defaultValue={value} />}
    </Field>
  );
}

// The times of the form are of the reader's zone, those of the address say theirs.
function filterOf(form: HTMLFormElement, timeZone: string | null): AuditFilter {
  const entries = [...new FormData(form)].map(([name, value]) => {
    const text = String(value);
    const isTime = (name === "from" || name === "to") && text !== "";
    return [name, isTime ? fromLocalInput(text, timeZone).toISOString() : text];
  });
  return parseAuditFilter(Object.fromEntries(entries)).filter;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
