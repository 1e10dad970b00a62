import { expect, test } from "vitest";
import { query } from "@/db/client";
import { insertIdentity } from "@/db/identities";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { insertUser, updateUser as writeUser } from "@/db/users";
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
const TIME_MS_MAX = 60_000;

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
    let pair = await twoAdmins();
    const outcomes = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const [first, second] = pair;
      const work = [
        pick(BLOWS)(first, second),
        pick(BLOWS)(second, first),
        // What they do besides meets the same locks.
        aToken(first, { kind: "session" }),
        aToken(second, { kind: "session" }),
      ];
      for (const settled of await Promise.allSettled(work)) count(outcomes, settled);
      expect(await enabledAdmins()).toBeGreaterThanOrEqual(1);
      pair = await bothAgain(pair);
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
    for (let round = 0; round < 60; round += 1) {
      const [linked, other] = await twoAdmins();
      await demoteAllBut([linked, other]);
      await query((db) => insertIdentity(db, identityOf(linked)));
      await query((db) => writeUser(db, linked.userId, { passwordHash: "some" }));
      const away = [
        () => updateUser(other, linked.userId, { role: "user" }),
        () => deleteUser(other, linked.userId),
        () => unlinkIdentity(linked, identityOf(linked)),
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
      if (state?.is_off) expect([round, state.linked]).toEqual([round, 1]);
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

function identityOf({ userId }: UserActor) {
  return { issuer: ISSUER, subject: userId, userId, label: userId };
}

async function twoAdmins(): Promise<[UserActor, UserActor]> {
  return [await anAdmin(), await anAdmin()];
}

function signInAtProvider({ userId, origin }: UserActor) {
  return signInWithIdentity({ iss: ISSUER, sub: userId }, { adminGroup: "admins" }, origin);
}

/** The same two as enabled administrators whose role is their group's, nobody else being one. */
async function bothAgain(pair: [UserActor, UserActor]): Promise<[UserActor, UserActor]> {
  for (const { userId: id, username } of pair) {
    await query(async (db) => {
      await insertUser(db, { id, username, passwordHash: null, role: "admin" }).catch(() => null);
      await writeUser(db, id, { role: "admin", enabled: true, roleFromGroup: true });
      await insertIdentity(db, { issuer: ISSUER, subject: id, userId: id, label: id }).catch(
        () => null,
      );
    });
  }
  await demoteAllBut(pair);
  return pair;
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
