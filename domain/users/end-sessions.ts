import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { lockUser } from "@/db/users";
import type { Actor, UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { endSessions } from "../tokens/remove-tokens";
import { requireUserManager, userNotFound } from "./policy";

/** Ends every sign-in of a user; returns how many there were. For admins. */
export async function endSessionsOf(actor: Actor, id: string): Promise<number> {
  await requireUserManager(actor, "user.end-sessions");
  return end(actor, id, "an administrator ended its owner's sign-ins");
}

/** Ends the actor's other sign-ins; returns how many there were. */
export function endOtherSessions(actor: UserActor): Promise<number> {
  return end(actor, actor.userId, "its owner signed out everywhere else", actor.tokenName);
}

async function end(actor: Actor, id: string, reason: string, exceptName?: string): Promise<number> {
  return transaction(async (tx) => {
    if (!(await lockUser(tx, id, "update"))) throw userNotFound(id);
    const endedSessions = await endSessions(tx, actor, id, reason, exceptName);
    const object = { kind: "user", name: id, ownerId: id } as const;
    const event = auditEvent(actor, "user.end-sessions", object, { after: { endedSessions } });
    await insertAuditEvent(tx, event);
    return endedSessions.length;
  });
}
