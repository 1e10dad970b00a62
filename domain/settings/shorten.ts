import { insertAuditEvents } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { countAffected, lockLongerLived, shortenTokens } from "@/db/setting-effects";
import { findSetting, holdSettings } from "@/db/settings";
import { readTokens, type TokenRecord } from "@/db/tokens";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { invalid } from "../errors";
import { parseInput } from "../parse";
import { auditedChange } from "../tokens/audited-fields";
import { expiryOf } from "../tokens/lifecycle";
import { isMaximumName, MAXIMA, type MaximumName, ttlMsOf } from "./affected";
import { changedMeanwhile } from "./judge";
import { requireSettingsManager, settingNotFound } from "./policy";
import { COUNT_MAX } from "./preview";
import { shortenInput } from "./schema";
import { toSetting } from "./setting";

// The end of the audit chain is held meanwhile, which every other change waits for.
const BATCH_SIZE = 200;

export interface ShortenedPart {
  shortened: number;
  /** How many of those ended by that. */
  ended: number;
  /** How many are left to shorten; COUNT_MAX is at least so many. */
  remaining: number;
}

/** What the events of shortened tokens say, so that they can be found again. */
export function shortenReason(name: MaximumName): string {
  return `shortened to ${name}`;
}

/**
 * Shortens some of the tokens or sign-ins that live longer than a maximum allows, each with its
 * event, and tells how many still do: to be called until none is left. Whatever is older than the
 * maximum ends by that; the actor's own sign-in comes last. Refuses when the maximum in force is
 * not the expected one (conflict).
 */
export async function shortenToMaximum(
  actor: Actor,
  name: string,
  input: unknown,
): Promise<ShortenedPart> {
  await requireSettingsManager(actor, name);
  if (!isMaximumName(name)) throw settingNotFound(name);
  const parsed = parseInput(shortenInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  return transaction(async (tx) => {
    await holdSettings(tx);
    const { value } = toSetting(name, await findSetting(tx, name));
    if (value !== parsed.value.value) throw changedMeanwhile();
    const ttlMs = ttlMsOf(value);
    if (ttlMs === null) return { shortened: 0, ended: 0, remaining: 0 };
    const affected = { kind: "longer-lived", of: MAXIMA[name], ttlMs } as const;
    const lock = (exceptName: string) =>
      lockLongerLived(tx, affected, { exceptName, limit: BATCH_SIZE });
    const others = await lock(actor.kind === "user" ? actor.tokenName : "");
    const rows = await readTokens(tx, others.length > 0 ? others : await lock(""));
    const events = rows.map((row) => eventOf(actor, name, row, ttlMs));
    const numbers = await insertAuditEvents(tx, events);
    await shortenTokens(
      tx,
      ttlMs,
      numbers.map((resourceVersion, at) => ({ id: rows[at]?.id ?? 0, resourceVersion })),
    );
    const { count } = await countAffected(tx, affected, COUNT_MAX);
    const ended = rows.filter(({ createdAt, readAt }) => {
      const expiresAt = expiryOf(createdAt, ttlMs);
      return expiresAt !== null && expiresAt < readAt;
    });
    return { shortened: rows.length, ended: ended.length, remaining: count };
  });
}

function eventOf(actor: Actor, name: MaximumName, row: TokenRecord, ttlMs: number) {
  const object = { kind: "token", name: row.name, ownerId: row.ownerId } as const;
  const details = { ...auditedChange(row, { ...row, ttlMs }), reason: shortenReason(name) };
  return auditEvent(actor, "token.update", object, details);
}
