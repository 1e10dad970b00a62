"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, startTransition, useEffect } from "react";
import type { FormState } from "../form-state";

/**
 * Sends a form without emptying it, and shows the page anew once it is saved: the frame and every
 * date follow.
 */
export function useSavedForm(
  state: FormState,
  submit: (form: FormData) => void,
  isPending: boolean,
) {
  const router = useRouter();
  useEffect(() => {
    if (state.status === "done") router.refresh();
  }, [state, router]);
  return (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const data = new FormData(event.currentTarget);
    startTransition(() => submit(data));
  };
}
