"use server";

import { runAction } from "@/app/run-action";
import type { BulkPreviewView, BulkRequest, BulkStart } from "@/components/bulk/actions";
import type { FormState } from "@/components/form-state";
import { cancelBulk } from "@/domain/bulk/cancel";
import { previewBulk } from "@/domain/bulk/preview";
import { startBulk } from "@/domain/bulk/start";

export async function previewBulkAction(
  submitted: BulkRequest,
): Promise<FormState<BulkPreviewView>> {
  return runAction((actor) => previewBulk(actor, submitted));
}

export async function startBulkAction(submitted: BulkStart): Promise<FormState<{ id: string }>> {
  return runAction(async (actor) => ({ id: await startBulk(actor, submitted) }));
}

export async function cancelBulkAction(id: string): Promise<FormState> {
  return runAction(async (actor) => {
    await cancelBulk(actor, typeof id === "string" ? id : "");
    return undefined;
  });
}
