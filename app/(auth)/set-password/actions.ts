"use server";

import { headers } from "next/headers";
import { toFormState } from "@/app/to-form-state";
import { originOf } from "@/auth/origin";
import { requireSameOrigin } from "@/auth/require-same-origin";
import type { FormState } from "@/components/form-state";
import { setPasswordByLink } from "@/domain/users/password-link";

/** Sets the password of whoever the link is of; answers their username. */
export async function setPasswordAction(
  _previous: FormState<string>,
  submitted: FormData,
): Promise<FormState<string>> {
  const form = submitted instanceof FormData ? submitted : new FormData();
  const input = { secret: form.get("secret"), password: form.get("password") };
  try {
    await requireSameOrigin();
    return {
      status: "done",
      result: await setPasswordByLink(input, originOf(await headers())),
    };
  } catch (error) {
    return toFormState(error);
  }
}
