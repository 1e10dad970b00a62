import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { lockUser, updateUser } from "@/db/users";
import type { UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { invalid } from "../errors";
import { parseInput } from "../parse";
import { userNotFound } from "./policy";
import { ownAccountInput } from "./schema";

/**
 * Changes what people decide of themselves: the name they are shown by, and how dates are written
 * for them. What is absent stays. Refuses bad fields (invalid), and reads no others.
 */
export async function updateOwnAccount(actor: UserActor, input: unknown): Promise<void> {
  const parsed = parseInput(ownAccountInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { dateFormat, ...rest } = parsed.value;
  const wanted = {
    ...rest,
    ...(dateFormat === undefined ? {} : { dateFormat: dateFormat || null }),
  };
  const object = { kind: "user", name: actor.userId, ownerId: actor.userId } as const;
  await transaction(async (tx) => {
    const stored = await lockUser(tx, actor.userId, "update");
    if (!stored) throw userNotFound(actor.userId);
    const fields = ["displayName", "timeZone", "dateFormat"] as const;
    const changed = fields.filter(
      (field) => wanted[field] !== undefined && wanted[field] !== stored[field],
    );
    if (changed.length === 0) return;
    const before = Object.fromEntries(changed.map((field) => [field, stored[field]]));
    const after = Object.fromEntries(changed.map((field) => [field, wanted[field]]));
    const event = auditEvent(actor, "user.update", object, { before, after });
    const resourceVersion = await insertAuditEvent(tx, event);
    await updateUser(tx, stored.id, { ...after, resourceVersion });
  });
}
