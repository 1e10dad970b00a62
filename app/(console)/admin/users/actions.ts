"use server";

import { runAction, runFormAction } from "@/app/run-action";
import type { FormState } from "@/components/form-state";
import type { CreatedUser, Impact, PasswordLink } from "@/components/users/actions";
import type { UserActor } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";
import { createUser } from "@/domain/users/create";
import { deleteUser } from "@/domain/users/delete";
import { endSessionsOf } from "@/domain/users/end-sessions";
import { userImpact } from "@/domain/users/impact";
import { liftSignInLock } from "@/domain/users/lock";
import { createPasswordLink } from "@/domain/users/password-link";
import { updateUser } from "@/domain/users/update";

export async function createUserAction(
  _previous: FormState<CreatedUser>,
  submitted: FormData,
): Promise<FormState<CreatedUser>> {
  return runFormAction(submitted, async (actor, form) => {
    const withoutPassword = form.get("firstSignIn") !== "password";
    const { user } = await createUser(actor, {
      username: form.get("username"),
      displayName: form.get("displayName"),
      role: form.get("role"),
      withoutPassword,
      ...(withoutPassword ? {} : { password: form.get("password") ?? "" }),
    });
    const link = withoutPassword ? await firstLink(actor, user.id) : null;
    return { id: user.id, username: user.username, link };
  });
}

export async function updateUserAction(
  _previous: FormState,
  submitted: FormData,
): Promise<FormState> {
  return runFormAction(submitted, async (actor, form) => {
    await updateUser(actor, textOf(form.get("id")), {
      displayName: form.get("displayName"),
      role: form.get("role"),
      resourceVersion: form.get("resourceVersion"),
    });
    return undefined;
  });
}

export async function setUserEnabledAction(id: string, enabled: boolean): Promise<FormState> {
  return runAction(async (actor) => {
    await updateUser(actor, textOf(id), { enabled: enabled === true });
    return undefined;
  });
}

export async function deleteUserAction(id: string): Promise<FormState> {
  return runAction(async (actor) => {
    await deleteUser(actor, textOf(id));
    return undefined;
  });
}

export async function createPasswordLinkAction(id: string): Promise<FormState<PasswordLink>> {
  return runAction((actor) => createPasswordLink(actor, textOf(id)));
}

export async function endSessionsAction(id: string): Promise<FormState<number>> {
  return runAction((actor) => endSessionsOf(actor, textOf(id)));
}

export async function liftLockAction(id: string): Promise<FormState> {
  return runAction(async (actor) => {
    await liftSignInLock(actor, textOf(id));
    return undefined;
  });
}

export async function userImpactAction(id: string): Promise<FormState<Impact>> {
  return runAction((actor) => userImpact(actor, textOf(id)));
}

// The user is there already: what is missing can be made with "Reset password".
async function firstLink(actor: UserActor, id: string): Promise<PasswordLink | null> {
  try {
    return await createPasswordLink(actor, id);
  } catch (error) {
    if (toDomainError(error)) return null;
    throw error;
  }
}

// Arguments of an action come over the wire: their types are a claim.
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
