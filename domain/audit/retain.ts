import { type AuditAnchor, listAnchors } from "@/db/audit-chain";
import {
  actAsRetention,
  detachMonth,
  dropDetached,
  findOldMonth,
  markExported,
  prepareMonths,
  readDetached,
} from "@/db/audit-retention";
import { query, transaction } from "@/db/client";
import { processWide } from "@/db/process-wide";
import type { Actor, SystemActor } from "../actor";
import { DomainError } from "../errors";
import { currentSettings } from "../settings/settings";
import { auditEvent } from "./event";
import { toJsonLines } from "./export";
import { isWholeUpTo } from "./verify";

const DAY_MS = 24 * 3_600_000;
const FIRST_MS = 60_000;
const PAGE_SIZE = 4_000;
const OBJECT = { kind: "audit", name: "", ownerId: null } as const;

const RETENTION: SystemActor = {
  kind: "system",
  username: "system:retention",
  origin: { requestId: null, address: null, userAgent: null },
};

const state = processWide("audit-retention", () => ({
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Starts to make the months to come and to take off those that are old enough, daily. */
export function startKeepingTrail(): void {
  // What fails is tried again a day later; who appends makes a missing month then.
  const keep = () => {
    query((db) => prepareMonths(db))
      .then(() => pruneTrail())
      .catch(() => undefined);
    state.timer = setTimeout(keep, DAY_MS).unref();
  };
  state.timer ??= setTimeout(keep, FIRST_MS).unref();
}

/**
 * Takes the months off the trail that ended longer ago than audit-retention-days, each with an
 * anchor and an event, and returns their names. Their events stay in tables of their own until an
 * operator drops them. Refuses where a month does not fit the chain (conflict): then it is evidence.
 */
export async function pruneTrail(actor: Actor = RETENTION): Promise<string[]> {
  const taken: string[] = [];
  const { auditRetentionDays: days } = await query((db) => currentSettings(db));
  for (;;) {
    const month = await asRetention((tx) => findOldMonth(tx, days));
    if (!month) return taken;
    const { part, lastSeq } = month;
    if (lastSeq !== null && !(await isWholeUpTo(lastSeq))) {
      throw new DomainError(
        "conflict",
        `${part} does not fit the chain: see npm run audit -- verify`,
      );
    }
    const event = auditEvent(actor, "audit.detach", OBJECT, { reason: "audit-retention-days" });
    const isDone = await asRetention((tx) => detachMonth(tx, { days, part, event }));
    if (!isDone) return taken;
    taken.push(part);
  }
}

/** The months that were taken off and whose events are still stored, and those that were dropped. */
export function listDetachedMonths(): Promise<AuditAnchor[]> {
  return query((db) => listAnchors(db));
}

/** The events of a month that was taken off, as JSON lines; at its end it counts as exported. */
export async function* exportMonth(part: string): AsyncGenerator<string> {
  await requireDetached(part);
  let afterSeq = 0;
  for (;;) {
    const page = { part, afterSeq, limit: PAGE_SIZE };
    const events = (await asRetention((tx) => readDetached(tx, page))) ?? [];
    if (events.length > 0) yield toJsonLines(events);
    afterSeq = events.at(-1)?.seq ?? afterSeq;
    if (events.length < PAGE_SIZE) break;
  }
  await asRetention((tx) => markExported(tx, part));
}

/**
 * Deletes the events of a month that was taken off, for ever. Refuses one that was never exported
 * (conflict), unless it is forced.
 */
export async function dropMonth(
  actor: Actor,
  part: string,
  { isForced }: { isForced: boolean },
): Promise<void> {
  const { exportedAt } = await requireDetached(part);
  if (!exportedAt && !isForced) {
    throw new DomainError(
      "conflict",
      `${part} was never exported: npm run audit -- export ${part}`,
    );
  }
  const event = auditEvent(actor, "audit.drop", OBJECT);
  await asRetention((tx) => dropDetached(tx, { part, event }));
}

async function requireDetached(part: string): Promise<AuditAnchor> {
  const found = (await listDetachedMonths()).find(({ name }) => name === part);
  if (found && !found.droppedAt) return found;
  throw new DomainError("notFound", `there is no month ${part}: see npm run audit -- months`);
}

// Undefined where another process is at it.
function asRetention<T>(work: Parameters<typeof transaction<T>>[0]): Promise<T | undefined> {
  return transaction(async (tx) => ((await actAsRetention(tx)) ? work(tx) : undefined));
}
