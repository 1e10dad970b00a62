"use client";

import { Search } from "lucide-react";
import type { Route } from "next";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { type TokenFilter, toQueryString } from "@/domain/tokens/filter";
import { type ListPath, listHref, pagePath } from "../tokens/list-href";
import type { ListScope } from "../tokens/list-look";
import { Button } from "../ui/button";
import { Input } from "../ui/field";
import { CompletionList, completionId } from "./completion-list";
import type { ListRequest } from "./list-request";
import { QueryProblems } from "./query-problems";
import { isTab, queryText, readQuery } from "./read-query";
import { useCompletion } from "./use-completion";

interface QueryBoxProps {
  path: ListPath;
  scope: ListScope;
  filter: TokenFilter;
  /** What the form has sent by itself. */
  sent: ListRequest["query"];
  onNavigate: (href: Route) => void;
}

/**
 * The whole filter as text. A plain GET form, so that it works without scripts; with them what is
 * not understood is said before anything is loaded.
 */
export function QueryBox({ path, scope, filter, sent, onNavigate }: QueryBoxProps) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<ListRequest["query"]>(sent);
  const completion = useCompletion(scope, box);
  const { open } = completion;
  const problems = refused?.problems ?? [];
  const text = useShownText(box, sent?.text, queryText(filter), () => setRefused(undefined));

  const apply = () => {
    const input = box.current;
    if (!input) return;
    completion.close();
    const reading = readQuery(scope, filter, input.value);
    if (reading.problems.length > 0) {
      setRefused({ text: input.value, problems: reading.problems });
      return input.focus();
    }
    setRefused(undefined);
    text.note();
    onNavigate(listHref(path, reading.filter));
  };

  const mend = (mended: string) => {
    if (box.current) box.current.value = mended;
    apply();
  };

  return (
    <form
      action={pagePath(path)}
      method="get"
      className="min-w-0 grow basis-80"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <KeptParameters filter={filter} />
      <div className="flex gap-2">
        <div className="relative min-w-0 grow">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted"
          />
          <Input
            ref={box}
            type="search"
            name="query"
            aria-label="Search tokens"
            aria-keyshortcuts="/"
            placeholder="Search, or state:active unused:90d"
            defaultValue={text.initial}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="pl-8"
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={open ? `${id}-list` : undefined}
            aria-activedescendant={
              open && open.active >= 0 ? completionId(`${id}-list`, open.active) : undefined
            }
            aria-invalid={problems.length > 0 || undefined}
            aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
            onInput={() => {
              setRefused(undefined);
              completion.suggest(false);
            }}
            onClick={(event) => completion.suggest(event.currentTarget.value === "")}
            onKeyDown={completion.handleKeyDown}
            onBlur={completion.close}
          />
          {open ? (
            <CompletionList
              id={`${id}-list`}
              options={open.options}
              active={open.active}
              onAccept={completion.accept}
            />
          ) : null}
          <span role="status" className="sr-only">
            {open ? `${open.options.length} suggestions below` : ""}
          </span>
        </div>
        <Button type="submit">Search</Button>
      </div>
      <QueryProblems
        id={`${id}-problems`}
        text={refused?.text ?? ""}
        problems={problems}
        onMend={mend}
      />
      <p className="no-script-only mt-1.5 text-muted text-sm">
        Filters are written as words: state:active expires:7d unused:90d used:never kind:ci.
      </p>
    </form>
  );
}

/** Keeps the box to the address, but never takes away what somebody has typed since. */
function useShownText(
  box: RefObject<HTMLInputElement | null>,
  sent: string | undefined,
  ofFilter: string,
  onChange: () => void,
) {
  const [initial] = useState(sent ?? ofFilter);
  const shown = useRef(ofFilter);
  const previous = useRef(ofFilter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is what it runs for
  useEffect(() => {
    if (previous.current === ofFilter) return;
    previous.current = ofFilter;
    const input = box.current;
    if (!input || input.value !== shown.current) return;
    input.value = ofFilter;
    shown.current = ofFilter;
    onChange();
  }, [ofFilter]);
  return {
    initial,
    /** What is in the box has been sent. */
    note: () => {
      shown.current = box.current?.value ?? "";
    },
  };
}

function KeptParameters({ filter }: { filter: TokenFilter }) {
  const query = new URLSearchParams(toQueryString(filter));
  const kept = isTab(filter.kind) ? ["kind", "sort"] : ["sort"];
  return kept.map((name) => {
    const value = query.get(name);
    return value ? <input key={name} type="hidden" name={name} value={value} /> : null;
  });
}
