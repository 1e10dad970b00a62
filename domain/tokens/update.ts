import type { z } from "zod";
import { change, type Executor, query, transaction } from "@/db/client";
import { findToken, lockToken, type TokenRecord, updateToken as writeToken } from "@/db/tokens";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { refuse } from "../audit/refuse";
import { DomainError, type FieldProblem, invalid, tokenNotFound } from "../errors";
import { parseInput } from "../parse";
import { requireRecentProof } from "../sessions/proof";
import { currentSettings } from "../settings/settings";
import { auditedChange } from "./audited-fields";
import { expiryOf, isLonger, judgeTtlChange } from "./lifecycle";
import { canExtend, visibleOwner } from "./policy";
import { updateTokenInput } from "./schema";
import { type Token, toToken } from "./token";

type Input = z.output<typeof updateTokenInput>;
type Changes = ReturnType<typeof merge>;
type Run = <T>(work: (db: Executor) => Promise<T>) => Promise<T>;

/** How statements reach the database: each by itself, or all in one transaction. */
interface Runs {
  reads: Run;
  writes: Run;
}

/** Thrown inside the transaction, so that the refusal's own event is written outside of it. */
class ExtensionRefused extends Error {
  constructor(
    message: string,
    readonly ownerId: string,
  ) {
    super(message);
  }
}

/**
 * Changes description, ttl, enabled, labels or annotations; what is absent stays. Refuses somebody
 * else's token (notFound), a stale resourceVersion (conflict), bad or immutable fields (invalid,
 * all at once) and a longer ttl by anybody but an admin (forbidden), and by one in a browser without a recent
 * proof (proofRequired). A dry run stores nothing.
 */
export async function updateToken(
  actor: Actor,
  name: string,
  input: unknown,
  options: { dryRun?: boolean } = {},
): Promise<Token> {
  const parsed = parseInput(updateTokenInput, input);
  const scope = { ownerId: visibleOwner(actor) };
  const apply = async (stored: TokenRecord | undefined, run: Runs) => {
    if (!stored) throw tokenNotFound(name);
    if (parsed.problems) throw invalid(parsed.problems);
    const wanted = parsed.value;
    requireVersion(stored, wanted.resourceVersion);
    requireImmutable(stored, wanted);
    const changes = merge(stored, wanted, await judgedTtl(run.reads, actor, stored, wanted));
    if (options.dryRun) return project(actor, { ...stored, ...changes });
    if (isUnchanged(stored, changes)) return project(actor, stored);
    const written = await run.writes((db) => write(db, actor, stored, changes));
    return written && project(actor, { ...stored, ...changes, ...written });
  };
  try {
    // Judged on what was read, and written where that still holds: nobody is held up meanwhile.
    const stored = await query((db) => findToken(db, name, scope));
    const updated = await apply(stored, { reads: query, writes: change });
    if (updated) return updated;
    return await transaction(async (tx) => {
      const within = <T>(work: (db: Executor) => Promise<T>) => work(tx);
      const held = await lockToken(tx, name, scope);
      const done = await apply(held, { reads: within, writes: within });
      if (!done) throw new Error("a token was changed while it was held");
      return done;
    });
  } catch (error) {
    if (!(error instanceof ExtensionRefused)) throw error;
    const object = { kind: "token", name, ownerId: error.ownerId } as const;
    const field = { path: "ttlMs", type: "forbidden", message: error.message } as const;
    throw await refuse(actor, "token.update", object, error.message, [field]);
  }
}

function write(db: Executor, actor: Actor, stored: TokenRecord, changes: Changes) {
  const object = { kind: "token", name: stored.name, ownerId: stored.ownerId } as const;
  const details = {
    ...auditedChange(stored, { ...stored, ...changes }),
    ...(revives(stored, changes) ? { reason: "brought back an expired token" } : {}),
  };
  const event = auditEvent(actor, "token.update", object, details);
  return writeToken(db, stored, { ...changes, event });
}

async function judgedTtl(reads: Run, actor: Actor, stored: TokenRecord, wanted: Input) {
  if (wanted.ttlMs === undefined || wanted.ttlMs === null || wanted.ttlMs === stored.ttlMs) {
    return stored.ttlMs;
  }
  const { ttlMsMax } = await reads((db) => currentSettings(db));
  const verdict = judgeTtlChange({
    currentMs: stored.ttlMs,
    requestedMs: wanted.ttlMs,
    ttlMsMax,
    byAdmin: canExtend(actor),
  });
  if ("ttlMs" in verdict) {
    if (isLonger(verdict.ttlMs, stored.ttlMs)) {
      await reads((db) => requireRecentProof(actor, db));
    }
    return verdict.ttlMs;
  }
  if (verdict.refused === "forbidden") {
    throw new ExtensionRefused(verdict.message, stored.ownerId);
  }
  throw invalid([
    { path: "ttlMs", type: "invalid", message: verdict.message, value: wanted.ttlMs },
  ]);
}

function requireVersion(stored: TokenRecord, version: string | null | undefined): void {
  if (!version || version === String(stored.resourceVersion)) return;
  throw new DomainError(
    "conflict",
    "the token has been changed meanwhile; apply your changes to the latest version and try again",
  );
}

function requireImmutable(stored: TokenRecord, wanted: Input): void {
  const immutable = { ownerId: stored.ownerId, kind: stored.kind, clusterName: "" };
  const problems = Object.entries(immutable).flatMap(([path, kept]): FieldProblem[] => {
    const value = wanted[path as keyof typeof immutable];
    if (value === undefined || value === null || value === kept) return [];
    return [immutableField(path, value)];
  });
  const principal = wanted.ownerPrincipal;
  if (principal && !sameMap(principal, stored.ownerPrincipal)) {
    problems.push(immutableField("ownerPrincipal", principal));
  }
  if (problems.length > 0) throw invalid(problems);
}

function immutableField(path: string, value: unknown): FieldProblem {
  return { path, type: "immutable", message: "field is immutable", value };
}

function merge(stored: TokenRecord, wanted: Input, ttlMs: number) {
  return {
    description: wanted.description ?? stored.description,
    ttlMs,
    enabled: wanted.enabled ?? stored.enabled,
    labels: wanted.labels ?? stored.labels,
    annotations: wanted.annotations ?? stored.annotations,
  };
}

function isUnchanged(stored: TokenRecord, changes: Changes): boolean {
  return (
    stored.description === changes.description &&
    stored.ttlMs === changes.ttlMs &&
    stored.enabled === changes.enabled &&
    sameMap(stored.labels, changes.labels) &&
    sameMap(stored.annotations, changes.annotations)
  );
}

function sameMap(left: Record<string, string>, right: Record<string, string>): boolean {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}

function revives(stored: TokenRecord, changes: Changes): boolean {
  const wasExpired = stored.expiresAt !== null && stored.readAt > stored.expiresAt;
  const expiresAt = expiryOf(stored.createdAt, changes.ttlMs);
  return wasExpired && (expiresAt === null || expiresAt > stored.readAt);
}

function project(actor: Actor, row: TokenRecord): Token {
  const expiresAt = expiryOf(row.createdAt, row.ttlMs);
  return toToken({ ...row, expiresAt }, actor.kind === "user" ? actor.tokenName : undefined);
}
