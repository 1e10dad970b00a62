"use client";

import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import {
  isUserFiltered,
  parseUserFilter,
  ROLES,
  toUserQuery,
  type UserFilter,
} from "@/domain/users/filter";
import { Button } from "../ui/button";
import { Input, Select } from "../ui/field";
import { ROLES as ROLE_WORDS } from "./roles";
import { USERS_PATH } from "./user-href";

interface UserFiltersProps {
  filter: UserFilter;
  onChange: (filter: UserFilter) => void;
}

const TYPING_PAUSE_MS = 300;

/** A plain GET form, so that it works without scripts; with them it applies itself. */
export function UserFilters({ filter, onChange }: UserFiltersProps) {
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const query = toUserQuery(filter);
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
    <search>
      <form
        ref={form}
        action={USERS_PATH}
        method="get"
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          apply(0);
        }}
        onChange={() => apply(0)}
      >
        <div className="relative min-w-48 grow basis-56">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted"
          />
          <Input
            type="search"
            name="q"
            aria-label="Search users"
            aria-keyshortcuts="/"
            placeholder="Search username or display name"
            defaultValue={filter.search}
            className="pl-8"
            onChange={(event) => {
              event.stopPropagation();
              apply(TYPING_PAUSE_MS);
            }}
          />
        </div>
        <Select
          name="role"
          aria-label="Role"
          defaultValue={filter.role ?? ""}
          className="w-auto! min-w-0 grow basis-32 sm:grow-0 sm:basis-auto"
        >
          <option value="">Any role</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {ROLE_WORDS[role].name}
            </option>
          ))}
        </Select>
        <Select
          name="state"
          aria-label="State"
          defaultValue={filter.state ?? ""}
          className="w-auto! min-w-0 grow basis-32 sm:grow-0 sm:basis-auto"
        >
          <option value="">Any state</option>
          <option value="enabled">Enabled</option>
          <option value="disabled">Disabled</option>
        </Select>
        <span className="no-script-only">
          <Button type="submit">Apply</Button>
        </span>
        {isUserFiltered(filter) ? (
          <a href={USERS_PATH} className="rounded-sm px-1 text-accent text-sm hover:underline">
            Clear filters
          </a>
        ) : null}
      </form>
    </search>
  );
}

// Back, forward and "Clear filters" change the address alone; what is being typed is left be.
function showQuery(form: HTMLFormElement, query: string): void {
  const params = new URLSearchParams(query);
  for (const control of form.querySelectorAll<HTMLInputElement>("input, select")) {
    if (control !== document.activeElement) control.value = params.get(control.name) ?? "";
  }
}

function filterOf(form: HTMLFormElement): UserFilter {
  const texts = [...new FormData(form)].filter((entry) => typeof entry[1] === "string");
  return parseUserFilter(Object.fromEntries(texts) as Record<string, string>);
}
