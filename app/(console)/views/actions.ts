"use server";

import { runAction } from "@/app/run-action";
import type { FormState } from "@/components/form-state";
import type { NewView } from "@/components/views/actions";
import { deleteView } from "@/domain/views/delete";
import { listViews } from "@/domain/views/list";
import { saveView } from "@/domain/views/save";
import { setDefaultView } from "@/domain/views/set-default";
import { updateView } from "@/domain/views/update";
import type { SavedView, ViewList } from "@/domain/views/view";

export async function listViewsAction(list: ViewList): Promise<FormState<SavedView[]>> {
  // What comes over the wire may be anything: what is not one's own is for administrators.
  return runAction((actor) => listViews(actor, list === "own" ? "own" : "all"));
}

export async function saveViewAction(view: NewView): Promise<FormState<number>> {
  return runAction((actor) => saveView(actor, view));
}

export async function updateViewAction(id: number, changes: Partial<NewView>): Promise<FormState> {
  return runAction(async (actor) => {
    await updateView(actor, id, changes);
    return undefined;
  });
}

export async function deleteViewAction(id: number): Promise<FormState> {
  return runAction(async (actor) => {
    await deleteView(actor, id);
    return undefined;
  });
}

export async function setDefaultViewAction(list: ViewList, id: number | null): Promise<FormState> {
  return runAction(async (actor) => {
    await setDefaultView(actor, list, id);
    return undefined;
  });
}
