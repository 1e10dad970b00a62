"use server";

import { runAction, runFormAction } from "@/app/run-action";
import type { FormState } from "@/components/form-state";
import { requireRecentProof } from "@/domain/sessions/proof";
import { changeOwnPassword } from "@/domain/users/change-own-password";
import { unlinkIdentity } from "@/domain/users/link-identity";
import { updateOwnAccount } from "@/domain/users/update-own-account";

export async function updateOwnAccountAction(
  _previous: FormState,
  submitted: FormData,
): Promise<FormState> {
  return runFormAction(submitted, async (actor, form) => {
    const given = (name: string) => form.get(name) ?? undefined;
    await updateOwnAccount(actor, {
      displayName: given("displayName"),
      timeZone: given("timeZone"),
      dateFormat: given("dateFormat"),
    });
    return undefined;
  });
}

export async function changeOwnPasswordAction(
  _previous: FormState,
  submitted: FormData,
): Promise<FormState> {
  return runFormAction(submitted, async (actor, form) => {
    await changeOwnPassword(actor, {
      current: form.get("current") ?? undefined,
      password: form.get("password"),
    });
    return undefined;
  });
}

/** Whether the way to the identity provider may begin, so that a proof is asked for on the page. */
export async function allowLinkAction(): Promise<FormState> {
  return runAction(async (actor) => {
    await requireRecentProof(actor);
    return undefined;
  });
}

export async function unlinkIdentityAction(issuer: string, subject: string): Promise<FormState> {
  return runAction(async (actor) => {
    await unlinkIdentity(actor, { issuer, subject });
    return undefined;
  });
}
