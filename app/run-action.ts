import { currentActor } from "@/auth/current-actor";
import { requireSameOrigin } from "@/auth/require-same-origin";
import type { FormState } from "@/components/form-state";
import type { UserActor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { toFormState } from "./to-form-state";

/** As runAction, for an action of a form: refuses arguments that no form of ours sends. */
export function runFormAction<Result = undefined>(
  form: unknown,
  work: (actor: UserActor, form: FormData) => Promise<Result>,
): Promise<FormState<Result>> {
  return runAction(async (actor) => {
    if (form instanceof FormData) return work(actor, form);
    throw new DomainError("badRequest", "The request is no form.");
  });
}

/** Every server action runs in here: from our own pages, by a signed-in actor, refusals as state. */
export async function runAction<Result = undefined>(
  work: (actor: UserActor) => Promise<Result>,
): Promise<FormState<Result>> {
  try {
    await requireSameOrigin();
    const actor = await currentActor();
    if (!actor) {
      const text = "Your sign-in has ended. Sign in again in another tab, then repeat this here.";
      throw new DomainError("unauthenticated", text);
    }
    return { status: "done", result: await work(actor) };
  } catch (error) {
    return toFormState(error);
  }
}
