import { beforeAll, describe, expect, test } from "vitest";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { DomainError } from "../errors";
import { anAdmin, anOwner } from "../testing/owners";
import { changeOwnPassword } from "./change-own-password";
import { liftSignInLock, signInLockOf } from "./lock";
import { hashPassword, isPassword, passwordHashCounts } from "./password";
import { proveByPassword } from "./prove";
import { signIn } from "./sign-in";

const PASSWORD = "correct horse battery";
const WRONG = "not the right password";
let passwordHash: string;
let places = 0;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
  // The first check of all makes the hash that unknown names are compared with.
  await isPassword(WRONG, null);
});

function somewhere() {
  places += 1;
  const address = `2001:db8:${places.toString(16)}::1`;
  return { requestId: "r", address, userAgent: "a browser" };
}

const aPerson = (): Promise<UserActor> => anOwner({ passwordHash });

type Attempt = () => Promise<unknown>;

/** Makes all attempts at once; how many passwords were compared, and how each attempt ended. */
async function atOnce(attempts: Attempt[]) {
  const before = passwordHashCounts().checked;
  const outcomes = await Promise.allSettled(attempts.map((attempt) => attempt()));
  const codes = outcomes.map((outcome) =>
    outcome.status === "fulfilled" ? "in" : codeOf(outcome.reason),
  );
  const countOf = (code: string) => codes.filter((known) => known === code).length;
  return { judged: passwordHashCounts().checked - before, codes, countOf };
}

function codeOf(error: unknown): string {
  return error instanceof DomainError ? error.code : String(error);
}

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const guessAt =
  (username: string, origin = somewhere(), password = WRONG): Attempt =>
  () =>
    signIn({ username, password }, origin);

describe("twenty more than a limit at once", () => {
  test("at one account from one place: five reach the hash", async () => {
    const { username } = await aPerson();
    const origin = somewhere();
    const { judged, countOf } = await atOnce(times(25, () => guessAt(username, origin)));
    expect(judged).toBe(5);
    expect(countOf("unauthenticated")).toBe(5);
    expect(countOf("tooManyRequests")).toBe(20);
  });

  test("at one account from as many places: twenty reach the hash", async () => {
    const { username } = await aPerson();
    const { judged, countOf } = await atOnce(times(40, () => guessAt(username)));
    expect(judged).toBe(20);
    expect(countOf("tooManyRequests")).toBe(20);
  });

  test("at a name that is nobody's: as many as at somebody's", async () => {
    const { judged } = await atOnce(times(40, () => guessAt("nobody at all")));
    expect(judged).toBe(20);
  });

  test("at as many accounts from one place: fifty reach the hash", async () => {
    const origin = somewhere();
    const names = times(70, (at) => `nobody-${at}`);
    const { judged, countOf } = await atOnce(names.map((name) => guessAt(name, origin)));
    expect(judged).toBe(50);
    expect(countOf("tooManyRequests")).toBe(20);
  });

  test("in one day at one account: what is left of ninety reaches the hash", async () => {
    const { username } = await aPerson();
    await setAttempts(`day:${username}`, 80);
    const { judged } = await atOnce(times(30, () => guessAt(username)));
    expect(judged).toBe(10);
  });

  test("by everybody together: what is left of a thousand reaches the hash", async () => {
    await setAttempts("everybody", 990);
    try {
      const { judged } = await atOnce(times(30, (at) => guessAt(`somebody-${at}`)));
      expect(judged).toBe(10);
    } finally {
      await setAttempts("everybody", 0);
    }
  });

  test("in every way in which a password is asked for together: five reach the hash", async () => {
    const person = await aPerson();
    const { username, origin } = person;
    const change = { current: WRONG, password: "a new horse battery" };
    const ways: Attempt[] = [
      guessAt(username, { requestId: "r", address: origin.address ?? "", userAgent: "x" }),
      () => proveByPassword(person, WRONG),
      () => changeOwnPassword(person, change),
    ];
    const { judged } = await atOnce(times(25, (at) => ways[at % 3] ?? guessAt(username)));
    expect(judged).toBe(5);
  });
});

describe("fifty sign-ins at one account at once, half of them with the right password", () => {
  test("from one place end as promised, and the account works elsewhere at once", async () => {
    const { username } = await aPerson();
    const origin = somewhere();
    const { codes } = await atOnce(
      times(50, (at) => guessAt(username, origin, at % 2 ? PASSWORD : WRONG)),
    );
    expect(unexpected(codes)).toEqual([]);
    expect(await guessAt(username, somewhere(), PASSWORD)()).toHaveProperty("bearer");
  });

  test("from fifty places end as promised, and let no wrong one in", async () => {
    const { username } = await aPerson();
    const { codes, countOf } = await atOnce(
      times(50, (at) => guessAt(username, somewhere(), at % 2 ? PASSWORD : WRONG)),
    );
    expect(unexpected(codes)).toEqual([]);
    expect(countOf("in")).toBeLessThanOrEqual(25);
    expect(countOf("unauthenticated")).toBeLessThanOrEqual(20);
  });
});

test("a lock can be lifted while a guess is counted, wherever the counts lie in the table", async () => {
  const [person, admin] = [await aPerson(), await anAdmin()];
  const [account, day] = [`account:${person.username}`, `day:${person.username}`];
  await setAttempts(day, 50);
  await setAttempts(account, 20);
  const { lifting } = await asDatabaseOwner((sql) =>
    sql.begin(async (tx) => {
      // In the order in which a guess is counted.
      await tx`select 1 from sign_in_failures where key = ${account} for update`;
      const lifting = liftSignInLock(admin, person.userId);
      lifting.catch(() => undefined);
      await tx`select pg_sleep(0.3)`;
      await tx`select 1 from sign_in_failures where key = ${day} for update`;
      return { lifting };
    }),
  );
  await lifting;
  expect(await signInLockOf(admin, person.userId)).toBeNull();
});

const unexpected = (codes: string[]) =>
  codes.filter((code) => !["in", "unauthenticated", "tooManyRequests"].includes(code));

async function setAttempts(key: string, failures: number): Promise<void> {
  await asDatabaseOwner(
    (sql) => sql`
      insert into sign_in_failures (key, failures, window_ends_at)
      values (${key}, ${failures}, now() + interval '10 minutes')
      on conflict (key) do update set failures = excluded.failures`,
  );
}
