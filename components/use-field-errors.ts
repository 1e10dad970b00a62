"use client";

import { type RefObject, useEffect, useState } from "react";
import type { FormState } from "./form-state";

export interface FieldProblem {
  error: string | undefined;
  onEdit: () => void;
}

/**
 * What a refused submit says of each field, until that field is edited. After the refusal the
 * first field that is wrong has the focus.
 */
export function useFieldErrors(
  form: RefObject<HTMLFormElement | null>,
  state: FormState<unknown>,
): (name: string) => FieldProblem {
  const [edited, setEdited] = useState<{ since: FormState<unknown>; names: string[] }>({
    since: state,
    names: [],
  });

  useEffect(() => {
    if (state.status !== "failed") return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [form, state]);

  const names = edited.since === state ? edited.names : [];
  return (name) => ({
    error: state.status === "failed" && !names.includes(name) ? state.fields[name] : undefined,
    onEdit: () => {
      if (!names.includes(name)) setEdited({ since: state, names: [...names, name] });
    },
  });
}
