import { expect, test } from "vitest";
import { query } from "@/db/client";
import { insertIdentity } from "@/db/identities";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { updateUser as writeUser } from "@/db/users";
import { operatorActor, type UserActor } from "../actor";
import { DomainError } from "../errors";
import { updateSetting } from "../settings/update";
import { anAdmin, aToken } from "../testing/owners";
import { deleteUser } from "./delete";
import { unlinkIdentity } from "./link-identity";
import { signInWithIdentity } from "./sign-in-with-identity";
import { updateUser } from "./update";

const ISSUER = "https://id.example.com";
const ROUNDS = 200;
const TIME_MS_MAX = 150_000;

type Blow = (by: UserActor, at: UserActor) => Promise<unknown>;

const BLOWS: Blow[] = [
  (by, at) => updateUser(by, at.userId, { role: "user" }),
  (by, at) => updateUser(by, at.userId, { role: "verifier", displayName: "Fallen" }),
  (by, at) => updateUser(by, at.userId, { enabled: false }),
  (by, at) => deleteUser(by, at.userId),
  // Of their own accord, or because the provider no longer has them in the group.
  (by) => updateUser(by, by.userId, { role: "user" }),
  (by) => deleteUser(by, by.userId),
  (by) => signInAtProvider(by),
];

test(
  "two administrators who take each other away 200 times leave an enabled one each time",
  async () => {
    const pair = await twoAdmins();
    const [first, second] = pair;
    const outcomes = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      await bothAgain(pair);
      const work = [pick(BLOWS)(first, second), pick(BLOWS)(second, first)];
      // What they do besides meets the same locks.
      if (round % 4 === 0) work.push(aToken(first, { kind: "session" }), aToken(second));
      for (const settled of await Promise.allSettled(work)) count(outcomes, settled);
      expect(await enabledAdmins()).toBeGreaterThanOrEqual(1);
    }
    // Nothing but what it promises: neither a deadlock nor a lock that took too long.
    expect([...outcomes.keys()].filter((code) => !EXPECTED.has(code))).toEqual([]);
    expect(outcomes.get("forbidden")).toBeGreaterThan(0);
  },
  TIME_MS_MAX,
);

test(
  "passwords are never switched off while the last administrator of the provider is taken away",
  async () => {
    const operator = operatorActor();
    for (let round = 0; round < 45; round += 1) {
      const [linked, other] = await twoAdmins();
      await demoteAllBut([linked, other]);
      await query((db) => insertIdentity(db, identityOf(linked.userId)));
      await query((db) => writeUser(db, linked.userId, { passwordHash: "some" }));
      const away = [
        () => updateUser(other, linked.userId, { role: "user" }),
        () => deleteUser(other, linked.userId),
        () => unlinkIdentity(linked, identityOf(linked.userId)),
      ][round % 3];
      await Promise.allSettled([
        updateSetting(operator, "local-sign-in", { value: "false" }),
        away?.(),
      ]);
      const [state] = await asDatabaseOwner(
        (sql) => sql<{ is_off: boolean; linked: number }[]>`
          select exists (select 1 from settings where name = 'local-sign-in' and value = 'false') as is_off,
            (select count(*)::int from users u where role = 'admin' and enabled
              and exists (select 1 from identities i where i.user_id = u.id)) as linked`,
      );
      if (state?.is_off) expect(state.linked).toBeGreaterThanOrEqual(1);
      await updateSetting(operator, "local-sign-in", { value: "true" });
      await asDatabaseOwner((sql) => sql`delete from identities`);
    }
  },
  TIME_MS_MAX,
);

const EXPECTED = new Set(["done", "forbidden", "notFound", "unauthenticated"]);

function count(outcomes: Map<string, number>, settled: PromiseSettledResult<unknown>): void {
  const code = settled.status === "fulfilled" ? "done" : codeOf(settled.reason);
  outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
}

function codeOf(error: unknown): string {
  return error instanceof DomainError ? error.code : String(error);
}

function pick<T>(from: readonly [T, ...T[]] | readonly T[]): T {
  const [first] = from;
  const picked = from[Math.floor(Math.random() * from.length)] ?? first;
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}

function identityOf(userId: string) {
  return { issuer: ISSUER, subject: userId, userId, label: userId };
}

async function twoAdmins(): Promise<[UserActor, UserActor]> {
  return [await anAdmin(), await anAdmin()];
}

function signInAtProvider({ userId, origin }: UserActor) {
  return signInWithIdentity({ iss: ISSUER, sub: userId }, { adminGroup: "admins" }, origin);
}

/** Makes the two the enabled administrators whose role is their group's, and nobody else one. */
async function bothAgain(pair: readonly UserActor[]): Promise<void> {
  const rows = pair.map(({ userId: id, username }) => ({ id, username, role: "admin" }));
  const identities = pair.map(({ userId }) => identityOf(userId));
  await asDatabaseOwner(async (sql) => {
    await sql`insert into users ${sql(rows)} on conflict (id) do update
      set role = 'admin', enabled = true, role_from_group = true`;
    await sql`update users set role_from_group = true where id = any(${rows.map(({ id }) => id)})`;
    await sql`insert into identities ${sql(
      identities.map(({ userId: user_id, ...rest }) => ({ user_id, ...rest })),
    )} on conflict do nothing`;
  });
  await demoteAllBut(pair);
}

async function demoteAllBut(pair: readonly UserActor[]): Promise<void> {
  const ids = pair.map(({ userId }) => userId);
  await asDatabaseOwner(
    (sql) => sql`update users set role = 'user' where role = 'admin' and id <> all(${ids})`,
  );
}

async function enabledAdmins(): Promise<number> {
  const rows = await asDatabaseOwner(
    (sql) => sql`select 1 from users where role = 'admin' and enabled`,
  );
  return rows.length;
}
