import { eq, sql } from "drizzle-orm";
import { insertAuditEvent, type NewAuditEvent } from "./audit-events";
import type { Executor } from "./client";
import { insertSampleUses, type SampleUse } from "./sample-uses";
import { type Role, tokens } from "./schema";
import { insertToken } from "./tokens";
import { insertUser } from "./users";

export interface SampleUser {
  id: string;
  username: string;
  role: Role;
  passwordHash: string;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const TOKENS_PER_USER = 50;

const PURPOSES = [
  ..."ci deploy,nightly backup,terraform plan,grafana datasource,release bot,load test".split(","),
  ..."laptop,kubectl on the train,billing export,status page,e2e suite,argo sync".split(","),
  ..."log shipper,cost report,data import,on-call scripts,chat bot,image scanner".split(","),
];
const PLACES = ["staging", "production", "eu-west", "us-east", "lab", ""];
const KINDS = ["", "", "", "", "ci", "session"];

/** The deterministic i-th of many: the same demo looks the same each time. */
function pick<T>(values: readonly T[], index: number): T {
  const value = values[(index * 7 + Math.floor(index / values.length)) % values.length];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

/** Stores the n-th sample user with 50 tokens in every state and their events. Nobody holds them. */
export async function seedSampleUser(tx: Executor, user: SampleUser, n: number): Promise<void> {
  await insertUser(tx, user);
  await insertAuditEvent(tx, event(user, "user.create", "user", user.id));
  const used: SampleUse[] = [];
  for (let index = 0; index < TOKENS_PER_USER; index += 1) {
    const use = await seedToken(tx, user, n * TOKENS_PER_USER + index);
    if (use) used.push(use);
  }
  await insertSampleUses(tx, used);
  // Their scores were made when they were new.
  await tx.execute(sql`
    select refresh_risks(array(select id from tokens where owner_id = ${user.id}))`);
}

async function seedToken(
  tx: Executor,
  user: SampleUser,
  index: number,
): Promise<SampleUse | undefined> {
  const name = `token-${sampleSymbols(index)}`;
  const kind = pick(KINDS, index);
  const ageMs = ((index * 13) % 80) * DAY_MS + ((index * 37) % 24) * 3_600_000;
  const place = pick(PLACES, index);
  const ttlMs = pick([90 * DAY_MS, 30 * DAY_MS, 60 * DAY_MS, 84 * DAY_MS], index);
  await insertToken(tx, {
    name,
    ownerId: user.id,
    ownerPrincipal: { name: `local://${user.id}`, displayName: user.username },
    kind,
    description: kind === "session" ? "" : `${pick(PURPOSES, index)}${place ? ` ${place}` : ""}`,
    ttlMs,
    enabled: index % 11 !== 3,
    hash: "sample: authenticates nobody",
    labels: {},
    annotations: {},
    idempotencyKey: null,
    print: null,
    event: event(user, "token.create", "token", name),
  });
  const tokenId = await backdate(tx, name, ageMs);
  if (index % 3 === 0) return undefined;
  // Nothing is used after its end.
  return { tokenId, ageMs, unusedForMs: Math.max(ageMs * ((index % 10) / 10), ageMs - ttlMs) };
}

async function backdate(tx: Executor, name: string, ageMs: number): Promise<number> {
  const age = sql`${ageMs}::bigint * interval '1 millisecond'`;
  const [row] = await tx
    .update(tokens)
    .set({
      createdAt: sql`${tokens.createdAt} - ${age}`,
      updatedAt: sql`${tokens.updatedAt} - ${age}`,
      expiresAt: sql`${tokens.expiresAt} - ${age}`,
    })
    .where(eq(tokens.name, name))
    .returning({ id: tokens.id });
  if (!row) throw new Error("the sample token is gone");
  return row.id;
}

function event(
  user: SampleUser,
  action: string,
  objectKind: string,
  objectName: string,
): NewAuditEvent {
  return {
    actorId: user.id,
    actorName: user.username,
    actorToken: null,
    action,
    objectKind,
    objectName,
    ownerId: user.id,
    outcome: "success",
    reason: "sample data",
    before: null,
    after: null,
    address: null,
    userAgent: null,
    requestId: null,
  };
}

function sampleSymbols(index: number): string {
  const alphabet = "bcdfghjklmnpqrstvwxz2456789";
  let rest = (index + 1) * 104_729_231;
  return Array.from({ length: 10 }, () => {
    const symbol = alphabet.charAt(rest % alphabet.length);
    rest = Math.floor(rest / alphabet.length) + index * 31 + 17;
    return symbol;
  }).join("");
}
