"use server";

import { redirect } from "next/navigation";
import { toFormState } from "@/app/to-form-state";
import { requireSameOrigin } from "@/auth/require-same-origin";
import { safePath } from "@/auth/safe-path";
import { startSession } from "@/auth/session";
import type { FormState } from "@/components/form-state";

export async function signInAction(_previous: FormState, submitted: FormData): Promise<FormState> {
  const form = submitted instanceof FormData ? submitted : new FormData();
  const username = form.get("username");
  const target = form.get("callbackUrl");
  try {
    await requireSameOrigin();
    await startSession({ username, password: form.get("password") });
  } catch (error) {
    return { ...toFormState(error), values: { username: String(username ?? "") } };
  }
  redirect(safePath(typeof target === "string" ? target : null) as "/tokens");
}
