import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { deleteTokens, lockToken } from "@/db/tokens";
import type { Actor } from "../actor";
import type { AuditAction } from "../audit/actions";
import { auditEvent } from "../audit/event";
import { DomainError, tokenNotFound } from "../errors";
import { auditedFields } from "./audited-fields";
import { visibleOwner } from "./policy";
import { type Token, toToken } from "./token";

interface DeleteOptions {
  dryRun?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
  /** Signing out is the deletion of one's own session; the trail tells the two apart. */
  action?: Extract<AuditAction, "token.delete" | "session.sign-out">;
}

/**
 * Deletes a token at once and returns what it was. Refuses a missing one and somebody else's alike
 * (notFound), and one that is not the one meant by the preconditions (conflict).
 */
export async function deleteToken(
  actor: Actor,
  name: string,
  options: DeleteOptions = {},
): Promise<Token> {
  return transaction(async (tx) => {
    const row = await lockToken(tx, name, { ownerId: visibleOwner(actor) });
    if (!row) throw tokenNotFound(name);
    const token = toToken(row, actor.kind === "user" ? actor.tokenName : undefined);
    requirePreconditions(token, options.preconditions ?? {});
    if (options.dryRun) return token;
    const object = { kind: "token", name, ownerId: row.ownerId } as const;
    const action = options.action ?? "token.delete";
    const event = auditEvent(actor, action, object, { before: auditedFields(row) });
    await insertAuditEvent(tx, event);
    await deleteTokens(tx, [row.id]);
    return token;
  });
}

function requirePreconditions(
  token: Token,
  wanted: NonNullable<DeleteOptions["preconditions"]>,
): void {
  for (const field of ["uid", "resourceVersion"] as const) {
    const expected = wanted[field];
    if (expected === undefined || expected === token[field]) continue;
    throw new DomainError(
      "conflict",
      `Precondition failed: ${field} in precondition: ${expected}, in object: ${token[field]}`,
    );
  }
}
