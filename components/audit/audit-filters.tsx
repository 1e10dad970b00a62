"use client";

import { X } from "lucide-react";
import type { Route } from "next";
import { useRef } from "react";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "@/domain/audit/actions";
import {
  type AuditFilter,
  auditRestrictions,
  changeAuditFilter,
  FILTER_NAMES,
  parseAuditFilter,
  SINCE_WINDOWS,
} from "@/domain/audit/filter";
import { exactTime, toLocalInput } from "../time";
import { Button } from "../ui/button";
import { Input, Select } from "../ui/field";
import { useHasScripts } from "../use-has-scripts";
import { useShortcut } from "../use-shortcut";
import { actionText } from "./action-text";
import { auditHref } from "./audit-href";

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (href: Route) => void;
}

const TEXTS = [
  ["actor", "Actor", "Who did it"],
  ["owner", "Owner", "Whose it is"],
  ["object", "Object", "Token, user or setting"],
  ["address", "Address", "Network address"],
  ["request", "Request", "Request id"],
] as const;

/** A plain GET form, so that it works without scripts; with them choices apply at once. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const form = useRef<HTMLFormElement>(null);
  const hasScripts = useHasScripts();
  useShortcut("/", () => form.current?.querySelector("input")?.focus());
  const apply = () => {
    if (form.current) onChange(auditHref(filterOf(form.current)));
  };
  const timeOf = (at: Date | undefined) =>
    at && (hasScripts ? toLocalInput(at) : at.toISOString().slice(0, 16));
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
        {TEXTS.map(([name, label, placeholder]) => (
          <Input
            key={name}
            name={name}
            aria-label={label}
            aria-keyshortcuts={name === "actor" ? "/" : undefined}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            maxLength={256}
            defaultValue={filter[name]}
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
        <TimeField name="from" label="From" value={timeOf(filter.from)} />
        <TimeField name="to" label="Until" value={timeOf(filter.to)} />
        <div className="col-span-full flex flex-wrap items-center gap-2">
          <Button type="submit" size="sm">
            Apply
          </Button>
          <Chips filter={filter} isReaders={hasScripts} />
        </div>
      </form>
    </search>
  );
}

function TimeField({
  name,
  label,
  value,
}: {
  name: string;
  label: string;
  value: string | undefined;
}) {
  return (
    <Input
      type="datetime-local"
      name={name}
      aria-label={label}
      title={label}
      defaultValue={value}
    />
  );
}

function Chips({ filter, isReaders }: { filter: AuditFilter; isReaders: boolean }) {
  const restrictions = auditRestrictions(filter);
  if (restrictions.length === 0) return null;
  return (
    <>
      {restrictions.map(({ name, text }) => (
        <a
          key={name}
          href={auditHref(changeAuditFilter(filter, { [name]: undefined }))}
          aria-label={`Remove the filter ${FILTER_NAMES[name]}: ${text}`}
          className="inline-flex max-w-full items-center gap-1.5 rounded-md bg-accent-soft px-2 py-1 text-sm hover:line-through"
        >
          <span className="truncate">
            <span className="text-muted">{FILTER_NAMES[name]}: </span>
            {chipText(filter, name, text, isReaders)}
          </span>
          <X aria-hidden className="size-3.5 shrink-0" />
        </a>
      ))}
      <a href="/admin/audit" className="rounded-sm px-1 text-accent text-sm hover:underline">
        Clear filters
      </a>
    </>
  );
}

function chipText(filter: AuditFilter, name: string, text: string, isReaders: boolean): string {
  if (name === "action") return actionText(text);
  if (filter.outcome && name === "outcome") return AUDIT_OUTCOMES[filter.outcome];
  if (filter.since && name === "since") return SINCE_WINDOWS[filter.since].label;
  const at = name === "from" ? filter.from : name === "to" ? filter.to : undefined;
  return at && isReaders ? exactTime(at) : text;
}

// The times of the form are of the reader's zone, those of the address say theirs.
function filterOf(form: HTMLFormElement): AuditFilter {
  const entries = [...new FormData(form)].map(([name, value]) => {
    const text = String(value);
    const isTime = (name === "from" || name === "to") && text !== "";
    return [name, isTime ? new Date(text).toISOString() : text];
  });
  return parseAuditFilter(Object.fromEntries(entries)).filter;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
