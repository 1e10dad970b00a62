import { change, type Executor, query } from "@/db/client";
import { isMissingValue, isUniqueViolation } from "@/db/errors";
import { findToken, insertToken, type NewToken } from "@/db/tokens";
import { findUser } from "@/db/users";
import type { Actor, UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { refuse } from "../audit/refuse";
import { DomainError, type FieldProblem, invalid } from "../errors";
import { parseInput } from "../parse";
import { requireRecentProof } from "../sessions/proof";
import { getSettings } from "../settings/get";
import { currentSettings } from "../settings/settings";
import { localPrincipal, type Principal } from "../users/start-session";
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
 * (proofRequired). A dry run checks all
 * of it and stores nothing. A repeated idempotencyKey is alreadyExists: a value is told only once.
 */
export async function createToken(
  actor: Actor,
  input: unknown,
  options: { dryRun?: boolean } = {},
): Promise<CreatedToken> {
  const object = { kind: "token", name: "", ownerId: null } as const;
  if (!canCreate(actor) || actor.kind !== "user" || !(await isActive(actor))) {
    throw await refuse(actor, "token.create", object, notAUser(actor));
  }
  const { ownerId, ttlMs, ...fields } = await prepare(input);
  if (ownerId && ownerId !== actor.userId) {
    throw await refuse(actor, "token.create", object, "spec.userID must be the requester's own");
  }
  if (!(await mayCreateByToken(actor))) {
    throw await refuse(actor, "token.create", object, BARRED);
  }
  if (ttlMs === INFINITE_TTL_MS) await requireRecentProof(actor);
  const secret = mintSecret();
  const { clusterName: _, ...stored } = fields;
  const draft = { ...stored, ttlMs, name: secret.name, hash: hashSecret(secret) };
  if (options.dryRun) return { token: await wouldBe(actor, draft), secret: null };
  const token = await store(actor, draft, await printOf(secret.value));
  if (!token) throw await refuse(actor, "token.create", object, notAUser(actor));
  return { token, secret };
}

type Draft = Omit<NewToken, "ownerId" | "ownerPrincipal" | "print" | "event">;

const BARRED = "tokens may not create tokens (tokens-may-create-tokens): create it in the console";

async function mayCreateByToken(actor: UserActor): Promise<boolean> {
  if (actor.origin.isBrowser) return true;
  return (await getSettings()).tokensMayCreateTokens;
}

async function isActive(actor: UserActor): Promise<boolean> {
  const user = await query((db) => findUser(db, actor.userId));
  return user?.enabled ?? false;
}

async function prepare(input: unknown) {
  const parsed = parseInput(createTokenInput, input);
  const { ttlMsMax } = await query((db) => currentSettings(db));
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
  const ownerPrincipal = await query((db) => principalOf(db, actor));
  const token = { ...draft, ownerId: actor.userId, ownerPrincipal };
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

async function wouldBe(actor: UserActor, draft: Draft): Promise<Token> {
  const ownerPrincipal = await query((db) => principalOf(db, actor));
  const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  const { idempotencyKey: _, hash: __, ...fields } = draft;
  return toToken(
    {
      ...fields,
      ...neverUsed(actor),
      uid: "",
      ownerId: actor.userId,
      ownerPrincipal,
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

// As at the provider that the requester's own token leads back to.
async function principalOf(db: Executor, actor: UserActor): Promise<Principal> {
  const own = await findToken(db, actor.tokenName, { ownerId: actor.userId });
  return own?.ownerPrincipal ?? localPrincipal({ id: actor.userId, username: actor.username });
}

function ttlOf(input: unknown): unknown {
  return typeof input === "object" && input !== null && "ttlMs" in input ? input.ttlMs : undefined;
}

// The wording is the one that clients of this resource look for.
function notAUser(actor: Actor): string {
  return `tokens.ext.cattle.io is forbidden: user ${actor.username} is not a Latchkey user`;
}
