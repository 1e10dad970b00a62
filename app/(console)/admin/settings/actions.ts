"use server";

import { runAction } from "@/app/run-action";
import type { FormState } from "@/components/form-state";
import type { PreviewView, SettingChange, ShortenedView } from "@/components/settings/actions";
import { COUNT_MAX, previewSetting } from "@/domain/settings/preview";
import { shortenToMaximum } from "@/domain/settings/shorten";
import { updateSetting } from "@/domain/settings/update";

export async function previewSettingAction(
  submitted: SettingChange,
): Promise<FormState<PreviewView>> {
  return runAction(async (actor) => {
    const { name, ...input } = changeOf(submitted);
    const { stored, wanted, effect } = await previewSetting(actor, name, input);
    return { value: stored.value, wanted, effect, countMax: COUNT_MAX };
  });
}

export async function updateSettingAction(submitted: SettingChange): Promise<FormState> {
  return runAction(async (actor) => {
    const { name, ...input } = changeOf(submitted);
    await updateSetting(actor, name, input);
    return undefined;
  });
}

/** Shortens a part of what lives longer than a maximum; to be sent until none remains. */
export async function shortenToMaximumAction(
  submitted: Pick<SettingChange, "name" | "value">,
): Promise<FormState<ShortenedView>> {
  return runAction(async (actor) => {
    const { name, value } = changeOf(submitted);
    return shortenToMaximum(actor, name, { value });
  });
}

// Arguments of an action come over the wire: their types are a claim.
function changeOf(submitted: unknown): { name: string; value: unknown; resourceVersion: unknown } {
  const given: Record<string, unknown> = { ...(submitted as object) };
  const name = typeof given.name === "string" ? given.name : "";
  return { name, value: given.value, resourceVersion: given.resourceVersion };
}
