import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { countViews, insertView, storeDefaultView } from "@/db/saved-views";
import { lockUser } from "@/db/users";
import { isAdmin, type UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { nameTaken, requireViews } from "./policy";
import { saveViewInput } from "./schema";

export const VIEWS_MAX = 50;

/**
 * Saves a filter under a name, for the actor or, by admins and of everybody's tokens, for all
 * admins; gives its number. Refuses a name that is taken (alreadyExists), a filter that is not
 * understood (invalid), and more than 50.
 */
export async function saveView(actor: UserActor, input: unknown): Promise<number> {
  const parsed = parseInput(saveViewInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { isDefault, ...view } = parsed.value;
  requireViews(actor, view.list);
  if (view.isShared && !(view.list === "all" && isAdmin(actor))) {
    throw new DomainError("forbidden", "only administrators share views, of everybody's tokens");
  }
  return transaction(async (tx) => {
    // Held, so that two of them cannot both be the fiftieth.
    await lockUser(tx, actor.userId, "update");
    if ((await countViews(tx, actor.userId)) >= VIEWS_MAX) {
      const message = `You have ${VIEWS_MAX} views: delete one first.`;
      throw invalid([{ path: "name", type: "invalid", message }]);
    }
    const id = await insertView(tx, { ...view, ownerId: actor.userId });
    if (isDefault) await storeDefaultView(tx, actor.userId, view.list, id);
    if (view.isShared) {
      const object = { kind: "view", name: view.name, ownerId: actor.userId } as const;
      const { name, query } = view;
      await insertAuditEvent(
        tx,
        auditEvent(actor, "view.save", object, { after: { name, query, isShared: true } }),
      );
    }
    return id;
  }).catch((error) => {
    throw isUniqueViolation(error) ? nameTaken() : error;
  });
}
