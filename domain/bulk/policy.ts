import type { BulkAction } from "@/db/bulk-jobs";
import { type Actor, isAdmin, type UserActor } from "../actor";
import { refuse } from "../audit/refuse";
import { DomainError } from "../errors";
import { requireRecentProof } from "../sessions/proof";
import { canExtend } from "../tokens/policy";

interface Wanted {
  scope: "own" | "all";
  action: BulkAction;
}

/** Everybody's tokens are acted on by administrators, and only they extend; else a reason why not. */
export function whyNot(actor: Pick<UserActor, "kind" | "role">, wanted: Wanted): string | null {
  if (wanted.scope === "all" && !isAdmin(actor as Actor)) {
    return "only an administrator can act on everybody's tokens";
  }
  if (wanted.action === "extend" && !canExtend(actor as Actor)) {
    return "only an administrator can extend spec.ttl";
  }
  return null;
}

/** Refuses what the actor may not do (forbidden, on record). */
export async function requireBulk(actor: Actor, wanted: Wanted): Promise<UserActor> {
  if (actor.kind !== "user")
    throw new DomainError("forbidden", "only a user can act on many tokens");
  const reason = whyNot(actor, wanted);
  if (!reason) return actor;
  const object = { kind: "bulk", name: wanted.action, ownerId: null } as const;
  throw await refuse(actor, "bulk.start", object, reason);
}

/** What others feel, what cannot be undone and what lasts longer wants a recent proof (proofRequired). */
export async function requireBulkProof(actor: UserActor, wanted: Wanted): Promise<void> {
  const isOfOthers = wanted.scope === "all";
  if (isOfOthers || wanted.action === "delete" || wanted.action === "extend") {
    await requireRecentProof(actor);
  }
}

/** Jobs are seen by whoever started them and by administrators; to others they do not exist. */
export function canSeeJob(actor: Actor, job: { actorId: string }): boolean {
  return isAdmin(actor) || (actor.kind === "user" && actor.userId === job.actorId);
}

export function jobNotFound(): DomainError {
  return new DomainError("notFound", "there is no such bulk action", { missing: "bulk action" });
}
