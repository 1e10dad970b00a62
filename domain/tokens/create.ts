import { change, query } from "@/db/client";
import { isMissingValue, isUniqueViolation } from "@/db/errors";
import { findRequester } from "@/db/requester";
import { insertToken, type NewToken } from "@/db/tokens";
import type { Actor, UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { refuse } from "../audit/refuse";
import { DomainError, type FieldProblem, invalid } from "../errors";
import { parseInput } from "../parse";
import { requireRecentProof } from "../sessions/proof";
import { settingsFrom } from "../settings/settings";
import { localPrincipal } from "../users/start-session";
import { auditedFields } from "./audited-fields";
import { expiryOf, INFINITE_TTL_MS, judgeNewTtl } from "./lifecycle";
import { printOf } from "./pasted-secret";
import { canCreate } from "./policy";
import { createTokenInput } from "./schema";
import { hashSecret, mintSecret, type Secret } from "./secret";
import { type Token, toToken } from "./token";

export interface CreatedToken {
  token: Token;
  /** The only place where the secret ever is; null for a dry run. */
  secret: Secret | null;
}

/**
 * Creates a token for the actor. Refuses, in this order: who is no active user (forbidden), bad
 * input (invalid, every field at once), another user's ownerId (forbidden), a program where tokens
 * may not create tokens (forbidden), a person who wants one without an end and gave no recent proof
 * (proofRequired). A dry run checks all of it and stores nothing. A repeated idempotencyKey is
 * alreadyExists: a value is told only once.
 */
export async function createToken(
  actor: Actor,
  input: unknown,
  options: { dryRun?: boolean } = {},
): Promise<CreatedToken> {
  const object = { kind: "token", name: "", ownerId: null } as const;
  const requester = canCreate(actor) ? await query((db) => findRequester(db, actor)) : undefined;
  if (!canCreate(actor) || !requester?.enabled) {
    throw await refuse(actor, "token.create", object, notAUser(actor));
  }
  const settings = settingsFrom(requester.settings);
  const { ownerId, ttlMs, ...fields } = prepare(input, settings.ttlMsMax);
  if (ownerId && ownerId !== actor.userId) {
    throw await refuse(actor, "token.create", object, "spec.userID must be the requester's own");
  }
  if (!actor.origin.isBrowser && !settings.tokensMayCreateTokens) {
    throw await refuse(actor, "token.create", object, BARRED);
  }
  if (ttlMs === INFINITE_TTL_MS) await requireRecentProof(actor);
  const secret = mintSecret();
  const { clusterName: _, ...stored } = fields;
  // As at the provider that the requester's own token leads back to.
  const ownerPrincipal =
    requester.principal ?? localPrincipal({ id: actor.userId, username: actor.username });
  const identity = { name: secret.name, hash: hashSecret(secret), ownerPrincipal };
  const draft = { ...stored, ...identity, ttlMs };
  if (options.dryRun) return { token: wouldBe(actor, draft), secret: null };
  const token = await store(actor, draft, await printOf(secret.value));
  if (!token) throw await refuse(actor, "token.create", object, notAUser(actor));
  return { token, secret };
}

type Draft = Omit<NewToken, "ownerId" | "print" | "event">;

const BARRED = "tokens may not create tokens (tokens-may-create-tokens): create it in the console";

function prepare(input: unknown, ttlMsMax: number | null) {
  const parsed = parseInput(createTokenInput, input);
  const problems: FieldProblem[] = [...(parsed.problems ?? [])];
  if (!problems.some((problem) => problem.path === "ttlMs")) {
    const requested = parseInput(createTokenInput.shape.ttlMs, ttlOf(input));
    const verdict = judgeNewTtl(requested.problems ? undefined : requested.value, ttlMsMax);
    if ("ttlMs" in verdict && !parsed.problems) return { ...parsed.value, ttlMs: verdict.ttlMs };
    if ("refused" in verdict) {
      problems.push({
        path: "ttlMs",
        type: "invalid",
        message: verdict.message,
        value: ttlOf(input),
      });
    }
  }
  throw invalid(problems);
}

// Undefined when the user was disabled in the meantime.
async function store(actor: UserActor, draft: Draft, print: string): Promise<Token | undefined> {
  const token = { ...draft, ownerId: actor.userId };
  const object = { kind: "token", name: draft.name, ownerId: actor.userId } as const;
  const event = auditEvent(actor, "token.create", object, { after: auditedFields(draft) });
  try {
    const made = await change((db) => insertToken(db, { ...token, print, event }));
    return toToken({ ...token, ...neverUsed(actor), ...made, readAt: made.createdAt }, undefined);
  } catch (error) {
    if (isMissingValue(error) && error.column === "owner_key") return undefined;
    if (!isUniqueViolation(error) || error.constraint !== "tokens_idempotency_key") throw error;
    throw new DomainError(
      "alreadyExists",
      "This form was already submitted and its token created. Its value cannot be shown again.",
    );
  }
}

function wouldBe(actor: UserActor, draft: Draft): Token {
  const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  const { idempotencyKey: _, hash: __, ...fields } = draft;
  return toToken(
    {
      ...fields,
      ...neverUsed(actor),
      uid: "",
      ownerId: actor.userId,
      createdAt: now,
      expiresAt: expiryOf(now, draft.ttlMs),
      updatedAt: now,
      resourceVersion: 0,
      readAt: now,
    },
    actor.tokenName,
  );
}

function neverUsed({ username }: { username: string }) {
  return {
    ownerName: username,
    ownerEnabled: true,
    lastUsedAt: null,
    lastUsedAddress: null,
    lastUsedUserAgent: null,
  };
}

function ttlOf(input: unknown): unknown {
  return typeof input === "object" && input !== null && "ttlMs" in input ? input.ttlMs : undefined;
}

// The wording is the one that clients of this resource look for.
function notAUser(actor: Actor): string {
  return `tokens.ext.cattle.io is forbidden: user ${actor.username} is not a Latchkey user`;
}
