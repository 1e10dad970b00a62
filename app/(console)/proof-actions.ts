"use server";

import { runAction, runFormAction } from "@/app/run-action";
import { oidcSettings } from "@/auth/oidc";
import type { FormState } from "@/components/form-state";
import type { ProofWays } from "@/components/proof/actions";
import { getUser, identitiesOf } from "@/domain/users/get";
import { proveByPassword } from "@/domain/users/prove";

export async function proofWaysAction(): Promise<FormState<ProofWays>> {
  return runAction(async (actor) => {
    const provider = oidcSettings();
    const [user, identities] = await Promise.all([
      getUser(actor, actor.userId),
      identitiesOf(actor, actor.userId),
    ]);
    const isLinked = identities.some(({ issuer }) => issuer === provider?.issuer);
    return { hasPassword: user.hasPassword, provider: provider && isLinked ? provider.name : null };
  });
}

export async function proveAction(_previous: FormState, submitted: FormData): Promise<FormState> {
  return runFormAction(submitted, async (actor, form) => {
    await proveByPassword(actor, String(form.get("password") ?? ""));
    return undefined;
  });
}
