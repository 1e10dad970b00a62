import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditEventsOf, clearSettings, setSetting, withoutAudit } from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { operatorActor, type UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { atBrowser } from "../testing/settings";
import { moveBack, whileTokenIsHeld } from "../testing/situations";
import { authenticate } from "../tokens/authenticate";
import { getToken } from "../tokens/get";
import { listShortenedTo } from "./list-shortened";
import { type ShortenedPart, shortenToMaximum } from "./shorten";
import { updateSetting } from "./update";

const OPERATOR = operatorActor();
const MAXIMUM = "auth-token-max-ttl-minutes";
const SESSIONS = "auth-user-session-ttl-minutes";
const HOUR_MS = 3_600_000;

beforeEach(() => asDatabaseOwner((sql) => sql`delete from tokens`));
afterEach(() => clearSettings());

/** Lowers a maximum to an hour and gives what shortens to it. */
async function lowered(name: string, actor: UserActor) {
  const idle = "auth-user-session-idle-ttl-minutes";
  if (name === SESSIONS) await updateSetting(OPERATOR, idle, { value: "60" });
  await updateSetting(OPERATOR, name, { value: "60" });
  return () => shortenToMaximum(actor, name, { value: "60" });
}

async function untilNoneIsLeft(part: () => Promise<ShortenedPart>): Promise<ShortenedPart[]> {
  const parts: ShortenedPart[] = [];
  do parts.push(await part());
  while (parts.at(-1)?.remaining !== 0);
  return parts;
}

async function shortenedNames(actor: UserActor, name = MAXIMUM): Promise<string[]> {
  const names: string[] = [];
  for await (const part of await listShortenedTo(actor, name)) {
    names.push(...part.map((token) => token.name));
  }
  return names.sort();
}

describe("shortening to a maximum", () => {
  test("gives longer tokens its lifetime from their creation, and ends what is older", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const young = await aToken(owner, { ttlMs: 5 * HOUR_MS, labels: { team: "a" } });
    const old = await aToken(owner, { ttlMs: 9 * HOUR_MS });
    await moveBack(old.name, 2 * HOUR_MS);
    const short = await aToken(owner, { ttlMs: HOUR_MS });
    const session = await aToken(owner, { kind: "session", ttlMs: 9 * HOUR_MS });
    const untouched = [await getToken(admin, short.name), await getToken(admin, session.name)];
    const before = await getToken(admin, young.name);
    const part = await lowered(MAXIMUM, admin);
    expect(await part()).toEqual({ shortened: 2, ended: 1, remaining: 0 });

    const after = await getToken(admin, young.name);
    expect(after).toEqual({
      ...before,
      ttlMs: HOUR_MS,
      expiresAt: new Date(before.createdAt.getTime() + HOUR_MS),
      updatedAt: after.updatedAt,
      resourceVersion: after.resourceVersion,
    });
    expect(after.resourceVersion).not.toBe(before.resourceVersion);
    expect(await authenticate(young.bearer, owner.origin)).not.toBeNull();
    expect(await authenticate(old.bearer, owner.origin)).toBeNull();
    const untouchedNow = [await getToken(admin, short.name), await getToken(admin, session.name)];
    expect(untouchedNow.map(({ ttlMs, resourceVersion }) => [ttlMs, resourceVersion])).toEqual(
      untouched.map(({ ttlMs, resourceVersion }) => [ttlMs, resourceVersion]),
    );
  });

  test("writes one event for each, whose number is the token's version", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const { name } = await aToken(owner, { ttlMs: 5 * HOUR_MS });
    await (await lowered(MAXIMUM, admin))();
    const [event, created] = await auditEventsOf({ objectName: name });
    expect(event).toMatchObject({
      action: "token.update",
      actorId: admin.userId,
      ownerId: owner.userId,
      reason: "shortened to auth-token-max-ttl-minutes",
      before: { ttlMs: 5 * HOUR_MS },
      after: { ttlMs: HOUR_MS },
    });
    expect(created?.action).toBe("token.create");
    expect((await getToken(admin, name)).resourceVersion).toBe(String(event?.seq));
  });

  test("goes on in parts, by two people at once too, until none is left, each token once", async () => {
    const [admin, other, owner] = [await anAdmin(), await anAdmin(), await anOwner()];
    await aToken(owner, { ttlMs: 5 * HOUR_MS });
    await asDatabaseOwner(
      (sql) => sql`
        insert into tokens (name, owner_id, owner_key, owner_principal, kind, description, ttl_ms,
          enabled, hash, labels, annotations, created_at, expires_at, updated_at, resource_version)
        select 'token-many' || n, owner_id, owner_key, owner_principal, kind, description, -1, enabled,
          hash, labels, annotations, created_at, 'infinity', updated_at, -n
        from tokens, generate_series(1, 500) n`,
    );
    await asDatabaseOwner(
      (sql) => sql`insert into token_uses (token_id)
        select id from tokens on conflict do nothing`,
    );
    const part = await lowered(MAXIMUM, admin);
    const parts = await Promise.all([
      untilNoneIsLeft(part),
      untilNoneIsLeft(() => shortenToMaximum(other, MAXIMUM, { value: "60" })),
    ]);
    const total = parts.flat().reduce((sum, { shortened }) => sum + shortened, 0);
    expect(total).toBe(501);
    const names = await shortenedNames(admin);
    expect(names).toHaveLength(501);
    expect(new Set(names).size).toBe(501);
    expect(await part()).toEqual({ shortened: 0, ended: 0, remaining: 0 });
  });

  test("passes over a token that somebody holds, and says that it is left", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const { name } = await aToken(owner, { ttlMs: 5 * HOUR_MS });
    await aToken(owner, { ttlMs: 6 * HOUR_MS });
    const part = await lowered(MAXIMUM, admin);
    const held = await whileTokenIsHeld(name, part);
    expect(held).toEqual({ shortened: 1, ended: 0, remaining: 1 });
    expect(await part()).toEqual({ shortened: 1, ended: 0, remaining: 0 });
  });

  test("of sign-ins takes the actor's own last, so that the work is done before it ends", async () => {
    const [person, owner] = [await anAdmin(), await anOwner()];
    const own = await aToken(person, { kind: "session", ttlMs: 9 * HOUR_MS });
    const another = await aToken(owner, { kind: "session", ttlMs: 9 * HOUR_MS });
    const token = await aToken(owner, { ttlMs: 9 * HOUR_MS });
    const part = await lowered(SESSIONS, { ...person, tokenName: own.name });
    expect(await part()).toEqual({ shortened: 1, ended: 0, remaining: 1 });
    expect((await getToken(person, another.name)).ttlMs).toBe(HOUR_MS);
    expect(await part()).toEqual({ shortened: 1, ended: 0, remaining: 0 });
    expect((await getToken(person, own.name)).ttlMs).toBe(HOUR_MS);
    expect((await getToken(person, token.name)).ttlMs).toBe(9 * HOUR_MS);
  });

  test("does nothing where there is no maximum", async () => {
    await aToken(await anOwner(), {});
    await updateSetting(OPERATOR, MAXIMUM, { value: "0" });
    const part = await shortenToMaximum(OPERATOR, MAXIMUM, { value: "0" });
    expect(part).toEqual({ shortened: 0, ended: 0, remaining: 0 });
  });
});

describe("shortening is refused", () => {
  test("when the maximum is another one than was agreed to", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const { name } = await aToken(owner, { ttlMs: 5 * HOUR_MS });
    const part = await lowered(MAXIMUM, admin);
    await setSetting(MAXIMUM, "1");
    expect((await refusalOf(part())).code).toBe("conflict");
    expect((await getToken(admin, name)).ttlMs).toBe(5 * HOUR_MS);
  });

  test("to others, without a proof, for what is no maximum, and for bad input", async () => {
    const admin = await anAdmin();
    const input = { value: "129600" };
    const stranger = await anOwner({ role: "verifier" });
    const codes = await Promise.all(
      [
        shortenToMaximum(stranger, MAXIMUM, input),
        shortenToMaximum(atBrowser(admin), MAXIMUM, input),
        shortenToMaximum(admin, "password-min-length", { value: "15" }),
        shortenToMaximum(admin, "constructor", input),
        shortenToMaximum(admin, MAXIMUM, {}),
        shortenToMaximum(admin, MAXIMUM, { value: 129_600 }),
      ].map(async (work) => (await refusalOf(work)).code),
    );
    const expected = ["forbidden", "proofRequired", "notFound", "notFound", "invalid", "invalid"];
    expect(codes).toEqual(expected);
  });

  test("and undone when its events cannot be stored", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const { name } = await aToken(owner, { ttlMs: 5 * HOUR_MS });
    const part = await lowered(MAXIMUM, admin);
    await expect(withoutAudit(part)).rejects.toMatchObject({ code: "queryFailed" });
    expect((await getToken(admin, name)).ttlMs).toBe(5 * HOUR_MS);
  });
});

describe("the list of what was shortened", () => {
  test("has everything since the maximum got its value, also what is deleted since", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const first = await aToken(owner, { ttlMs: 50 * HOUR_MS, description: "first" });
    await updateSetting(OPERATOR, MAXIMUM, { value: "600" });
    await shortenToMaximum(admin, MAXIMUM, { value: "600" });
    const second = await aToken(owner, { ttlMs: 5 * HOUR_MS });
    const part = await lowered(MAXIMUM, admin);
    expect(await shortenedNames(admin)).toEqual([]);
    await part();
    await asDatabaseOwner((sql) => sql`delete from tokens where name = ${second.name}`);
    expect(await shortenedNames(admin)).toEqual([first.name, second.name].sort());
    for await (const tokens of await listShortenedTo(admin, MAXIMUM)) {
      expect(tokens.find(({ name }) => name === first.name)).toMatchObject({
        actorName: admin.username,
        ownerName: owner.username,
        description: "first",
        ttlMsBefore: 10 * HOUR_MS,
        ttlMsAfter: HOUR_MS,
      });
      expect(tokens.find(({ name }) => name === second.name)).toMatchObject({
        ownerName: owner.username,
        description: null,
      });
    }
  });

  test("is for admins, and of a maximum only", async () => {
    const refused = await refusalOf(listShortenedTo(await anOwner(), MAXIMUM));
    expect(refused.code).toBe("forbidden");
    const missing = await refusalOf(listShortenedTo(await anAdmin(), "local-sign-in"));
    expect(missing.code).toBe("notFound");
  });
});
