"use client";

import { type RefObject, useEffect } from "react";
import type { FormState } from "./form-state";

/** After a refused submit the first field that is wrong has the focus. */
export function useFocusFirstError(
  form: RefObject<HTMLFormElement | null>,
  state: FormState<unknown>,
): void {
  useEffect(() => {
    if (state.status !== "failed") return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [form, state]);
}
