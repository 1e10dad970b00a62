import { query } from "@/db/client";
import { listViews as selectViews } from "@/db/saved-views";
import type { UserActor } from "../actor";
import { requireViews, viewScope } from "./policy";
import { type SavedView, toSavedView, type ViewList } from "./view";

/** The actor's views of a list and, of everybody's tokens, those that admins share, by name. */
export async function listViews(actor: UserActor, list: ViewList): Promise<SavedView[]> {
  requireViews(actor, list);
  const rows = await query((db) => selectViews(db, list, viewScope(actor)));
  return rows.map((row) => toSavedView(row, actor.userId));
}
