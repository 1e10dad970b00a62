import { query } from "@/db/client";
import { findDefaultView } from "@/db/saved-views";
import type { UserActor } from "../actor";
import { requireViews, viewScope } from "./policy";
import type { SavedView, ViewList } from "./view";

/** The view that the actor's list opens with, or null. Its query is as it was stored. */
export async function defaultView(
  actor: UserActor,
  list: ViewList,
): Promise<Pick<SavedView, "id" | "query"> | null> {
  requireViews(actor, list);
  return (await query((db) => findDefaultView(db, list, viewScope(actor)))) ?? null;
}
