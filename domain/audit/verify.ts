import {
  type AuditAnchor,
  type AuditBreak,
  type AuditLink,
  checkAuditPart,
  findAuditHash,
  findDetachment,
  listAnchors,
  readAuditTail,
} from "@/db/audit-chain";
import { query } from "@/db/client";

const PART_SIZE = 5_000;
const GENESIS: AuditLink = { seq: 0, hash: "0".repeat(64) };

export interface Verification {
  /** The last event that fits. */
  events: number;
  /** What lies before this number was taken off by retention, or was not asked for. */
  firstSeq: number;
  /** To be noted elsewhere: whoever rewrites the whole chain cannot rewrite that. */
  head: AuditLink;
  /** The first event that is missing or does not fit, or null. */
  brokenAt: number | null;
  problem: AuditBreak | "end" | "anchor" | "noted head" | null;
}

interface VerifyOptions {
  /** An event that was noted before: what lies before it is not looked at. */
  from?: AuditLink;
  /** An end of the chain that was noted before: it must still be part of it. */
  notedHead?: AuditLink;
}

/**
 * Recomputes the hash chain of the whole trail, part by part, from where retention has cut it off,
 * and names the first event that is missing or does not fit.
 */
export async function verifyAuditTrail(options: VerifyOptions = {}): Promise<Verification> {
  const { anchors, tail } = await query(async (db) => ({
    anchors: await listAnchors(db),
    tail: await readAuditTail(db),
  }));
  const cut = lastOf(anchors);
  const from = options.from && options.from.seq > cut.seq ? options.from : cut;
  const broken = (brokenAt: number, problem: Verification["problem"], events = brokenAt - 1) => ({
    events,
    firstSeq: from.seq + 1,
    head: tail,
    brokenAt,
    problem,
  });
  const badAnchor = await firstBadAnchor(anchors);
  if (badAnchor) return broken(badAnchor.firstSeq, "anchor", 0);
  if (from !== cut && (await hashOf(from.seq)) !== from.hash) return broken(from.seq, "noted head");
  let end = from;
  while (end.seq < tail.seq) {
    const part = await checkPart(end);
    if ("brokenAt" in part) return broken(part.brokenAt, part.problem, end.seq);
    if (part.end.seq === end.seq) return broken(end.seq + 1, "missing", end.seq);
    end = part.end;
  }
  // Events may have been appended since the end was read; then they were checked too.
  if (end.seq === tail.seq && end.hash !== tail.hash) return broken(tail.seq, "end", end.seq);
  const { notedHead } = options;
  if (notedHead && !(await isPart(notedHead, anchors))) return broken(notedHead.seq, "noted head");
  return { events: end.seq, firstSeq: from.seq + 1, head: end, brokenAt: null, problem: null };
}

/** Whether the events up to this number fit, from where retention has cut the chain off. */
export async function isWholeUpTo(seq: number): Promise<boolean> {
  let end = lastOf(await query((db) => listAnchors(db)));
  while (end.seq < seq) {
    const part = await checkPart(end);
    if ("brokenAt" in part) return part.brokenAt > seq;
    if (part.end.seq === end.seq) return false;
    end = part.end;
  }
  return true;
}

function checkPart(from: AuditLink) {
  return query((db) => checkAuditPart(db, from, PART_SIZE));
}

function hashOf(seq: number): Promise<string | undefined> {
  return query((db) => findAuditHash(db, seq));
}

// Of what was taken off, only the ends of the parts are known.
async function isPart(noted: AuditLink, anchors: readonly AuditAnchor[]): Promise<boolean> {
  const cut = lastOf(anchors);
  if (noted.seq > cut.seq) return (await hashOf(noted.seq)) === noted.hash;
  const anchor = anchors.find(({ lastSeq }) => lastSeq === noted.seq);
  return anchor ? anchor.lastHash === noted.hash : true;
}

// They must go on from each other, and say what the events of their detachments say.
async function firstBadAnchor(anchors: readonly AuditAnchor[]): Promise<AuditAnchor | undefined> {
  let before = GENESIS;
  for (const anchor of anchors) {
    const { firstSeq, previousHash, lastSeq, lastHash } = anchor;
    if (firstSeq !== before.seq + 1 || previousHash !== before.hash) return anchor;
    before = { seq: lastSeq, hash: lastHash };
  }
  const newest = anchors.at(-1);
  if (!newest) return undefined;
  const event = await query((db) => findDetachment(db, newest.name));
  const agrees = event?.lastSeq === newest.lastSeq && event.lastHash === newest.lastHash;
  return agrees ? undefined : newest;
}

function lastOf(anchors: readonly AuditAnchor[]): AuditLink {
  const newest = anchors.at(-1);
  return newest ? { seq: newest.lastSeq, hash: newest.lastHash } : GENESIS;
}
