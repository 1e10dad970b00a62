"use client";

import { type KeyboardEvent, type RefObject, useState } from "react";
import { completions } from "@/domain/tokens/completions";
import { FIELD_NAMES, FILTER_FIELDS } from "@/domain/tokens/filter";
import type { ListScope } from "../tokens/list-look";
import { filterText } from "./filter-text";
import { fieldsOf } from "./own-fields";

export interface Completion {
  text: string;
  label: string;
}

interface Open {
  from: number;
  to: number;
  /** Whether something is begun that Tab may complete. */
  isBegun: boolean;
  options: Completion[];
  active: number;
}

/**
 * What may be written in the search box, as a list below it: arrow keys choose, Enter or Tab takes,
 * Escape closes. Enter with nothing chosen is left to the form.
 */
export function useCompletion(scope: ListScope, box: RefObject<HTMLInputElement | null>) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);

  const suggest = (isAsked: boolean, active = -1) => {
    const found = box.current && optionsAt(scope, box.current);
    const isWanted = found && found.options.length > 0 && (isAsked || found.isBegun);
    setOpen(isWanted ? { ...found, active } : null);
  };

  const accept = (option: Completion) => {
    const input = box.current;
    if (!input || !open) return;
    const isValue = !option.text.endsWith(":");
    const after = input.value.slice(open.to);
    input.setRangeText(
      option.text + (isValue && after === "" ? " " : ""),
      open.from,
      open.to,
      "end",
    );
    input.focus();
    if (isValue) close();
    else suggest(true);
  };

  const move = (by: number) => {
    if (!open) return suggest(true, 0);
    const count = open.options.length;
    const start = open.active < 0 && by < 0 ? 0 : open.active;
    setOpen({ ...open, active: (start + by + count) % count });
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const work = workOf(event);
    if (!work) return;
    event.preventDefault();
    work();
  };

  const workOf = ({ key, shiftKey }: KeyboardEvent): (() => void) | undefined => {
    if (key === "ArrowDown") return () => move(1);
    if (key === "ArrowUp") return () => move(-1);
    if (!open) return undefined;
    if (key === "Escape") return close;
    const chosen = open.options[open.active];
    const taken = key === "Enter" ? chosen : key === "Tab" && !shiftKey ? tabbed(open) : undefined;
    return taken && (() => accept(taken));
  };

  return { open, close, suggest, accept, handleKeyDown };
}

// Tab leaves the box unless something was chosen or begun.
function tabbed({ options, active, isBegun }: Open): Completion | undefined {
  return options[active] ?? (isBegun ? options[0] : undefined);
}

function optionsAt(scope: ListScope, input: HTMLInputElement): Omit<Open, "active"> {
  const cursor = input.selectionStart ?? input.value.length;
  const { from, to, options } = completions(input.value, cursor);
  const key = /([\w-]+):$/.exec(input.value.slice(0, from))?.[1]?.toLowerCase();
  const isForeign = (text: string) =>
    FIELD_NAMES.some(
      (field) =>
        FILTER_FIELDS[field].parameter === text.replace(/:$/, "") &&
        !fieldsOf(scope).includes(field),
    );
  return {
    from,
    to,
    isBegun: from < cursor || key !== undefined,
    options: key
      ? options.map(({ text }) => ({ text, label: labelOf(key, text) }))
      : options.filter(({ text }) => !isForeign(text)),
  };
}

function labelOf(key: string, value: string): string {
  if (key === "unused") return filterText("lastUse", `not-${value}`);
  const field = FIELD_NAMES.find((name) => FILTER_FIELDS[name].parameter === key);
  return field ? filterText(field, value) : "";
}
