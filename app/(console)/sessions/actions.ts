"use server";

import { runAction } from "@/app/run-action";
import type { FormState } from "@/components/form-state";
import { endSession } from "@/domain/sessions/end";
import { staySignedIn } from "@/domain/sessions/time-left";
import { endOtherSessions } from "@/domain/users/end-sessions";

export async function endSessionAction(name: string): Promise<FormState> {
  return runAction(async (actor) => {
    await endSession(actor, typeof name === "string" ? name : "");
    return undefined;
  });
}

export async function endOtherSessionsAction(): Promise<FormState> {
  return runAction(async (actor) => {
    await endOtherSessions(actor);
    return undefined;
  });
}

export async function staySignedInAction(): Promise<FormState> {
  return runAction(async (actor) => {
    await staySignedIn(actor);
    return undefined;
  });
}
