"use client";

import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import {
  changeFilter,
  isFiltered,
  parseTokenFilter,
  type TokenFilter,
  toQueryString,
} from "@/domain/tokens/filter";
import { Button } from "../ui/button";
import { Input, Select } from "../ui/field";
import { type ListPath, listHref } from "./list-href";

interface TokenFiltersProps {
  path: ListPath;
  scope: "own" | "all";
  filter: TokenFilter;
  onChange: (filter: TokenFilter) => void;
}

const STATES = [
  ["active", "Active"],
  ["expires-soon", "Expires soon"],
  ["expired", "Expired"],
  ["disabled", "Disabled"],
] as const;
const EXPIRIES = [
  ["1d", "Within a day"],
  ["7d", "Within 7 days"],
  ["30d", "Within 30 days"],
  ["never", "Never expires"],
] as const;
const LAST_USES = [
  ["1d", "In the last day"],
  ["7d", "In the last 7 days"],
  ["30d", "In the last 30 days"],
  ["not-30d", "Not for 30 days"],
  ["not-90d", "Not for 90 days"],
  ["never", "Never used"],
] as const;
const KINDS = [
  { kind: undefined, label: "Tokens" },
  { kind: "session", label: "Sign-ins" },
  { kind: "all", label: "Everything" },
];
const TYPING_PAUSE_MS = 300;

/** A plain GET form, so that it works without scripts; with them it applies itself. */
export function TokenFilters({ path, scope, filter, onChange }: TokenFiltersProps) {
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const query = toQueryString(filter);
  useEffect(() => {
    if (form.current) showQuery(form.current, query);
  }, [query]);

  const apply = (delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (form.current) onChange(filterOf(form.current));
    }, delayMs);
  };

  return (
    <div className="grid gap-3">
      <nav aria-label="Kinds of tokens" className="flex flex-wrap items-center gap-1">
        {kindsOf(filter).map(({ kind, label }) => (
          <a
            key={label}
            href={listHref(path, withKind(filter, kind))}
            aria-current={filter.kind === kind ? "page" : undefined}
            className="rounded-md px-2.5 py-1 text-muted text-sm hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
          >
            {label}
          </a>
        ))}
      </nav>
      <search>
        <form
          ref={form}
          action={path}
          method="get"
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            apply(0);
          }}
          onChange={() => apply(0)}
        >
          <KeptParameters filter={filter} />
          <div className="relative min-w-48 grow basis-56">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted"
            />
            <Input
              type="search"
              name="q"
              aria-label="Search tokens"
              aria-keyshortcuts="/"
              placeholder="Search name or description"
              defaultValue={filter.search}
              className="pl-8"
              onChange={(event) => {
                event.stopPropagation();
                apply(TYPING_PAUSE_MS);
              }}
            />
          </div>
          {scope === "all" ? (
            <Input
              name="owner"
              aria-label="Owner"
              placeholder="Any owner"
              defaultValue={filter.owner}
              className="w-36!"
              onChange={(event) => {
                event.stopPropagation();
                apply(TYPING_PAUSE_MS);
              }}
            />
          ) : null}
          <Choice
            name="state"
            label="State"
            all="Any state"
            options={STATES}
            value={filter.state}
          />
          <Choice
            name="expires"
            label="Expires"
            all="Any expiry"
            options={EXPIRIES}
            value={filter.expiry}
          />
          <Choice
            name="used"
            label="Last used"
            all="Any use"
            options={LAST_USES}
            value={filter.lastUse}
          />
          <span className="no-script-only">
            <Button type="submit">Apply</Button>
          </span>
          {isFiltered(filter) ? (
            <a href={path} className="rounded-sm px-1 text-accent text-sm hover:underline">
              Clear filters
            </a>
          ) : null}
        </form>
      </search>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  all: string;
  options: readonly (readonly [string, string])[];
  value: string | undefined;
}

function Choice({ name, label, all, options, value }: ChoiceProps) {
  return (
    <Select
      name={name}
      aria-label={label}
      defaultValue={value ?? ""}
      className="w-auto! min-w-0 grow basis-32 sm:grow-0 sm:basis-auto"
    >
      <option value="">{all}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </Select>
  );
}

function KeptParameters({ filter }: { filter: TokenFilter }) {
  const query = new URLSearchParams(toQueryString(filter));
  return ["kind", "sort"].map((name) => {
    const value = query.get(name);
    return value ? <input key={name} type="hidden" name={name} value={value} /> : null;
  });
}

function kindsOf(filter: TokenFilter) {
  const isListed = KINDS.some(({ kind }) => kind === filter.kind);
  return isListed ? KINDS : [...KINDS, { kind: filter.kind, label: `Kind: ${filter.kind}` }];
}

function withKind(filter: TokenFilter, kind: string | undefined): TokenFilter {
  const { kind: _, ...rest } = changeFilter(filter, {});
  return kind === undefined ? rest : { ...rest, kind };
}

// Back, forward and "Clear filters" change the address alone; what is being typed is left be.
function showQuery(form: HTMLFormElement, query: string): void {
  const params = new URLSearchParams(query);
  for (const control of form.querySelectorAll<HTMLInputElement>(
    "input:not([type=hidden]), select",
  )) {
    if (control !== document.activeElement) control.value = params.get(control.name) ?? "";
  }
}

function filterOf(form: HTMLFormElement): TokenFilter {
  const texts = [...new FormData(form)].filter((entry) => typeof entry[1] === "string");
  return parseTokenFilter(Object.fromEntries(texts) as Record<string, string>);
}
