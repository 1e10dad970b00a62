import type { SemaphoreInterface } from "async-mutex";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { processWide } from "@/db/process-wide";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { DomainError } from "../errors";
import { anAdmin, anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { changeOwnPassword } from "./change-own-password";
import { forgetRefusals } from "./known-refusals";
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
  if (!(error instanceof DomainError)) return String(error);
  // Within the limit, but this machine is too busy to compare in time.
  return error.message.startsWith("Too many sign-ins at once") ? "busy" : error.code;
}

/** All that the limit allows reached the hash, and no other; but for those the machine had no time for. */
function expectJudged({ judged, countOf }: Awaited<ReturnType<typeof atOnce>>, max: number): void {
  expect(judged).toBeLessThanOrEqual(max);
  expect(judged + countOf("busy")).toBeGreaterThanOrEqual(max);
  expect(countOf("busy")).toBeLessThan(max);
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
    expectJudged(await atOnce(times(25, () => guessAt(username, origin))), 5);
  });

  test("at one account from as many places: twenty reach the hash", async () => {
    const { username } = await aPerson();
    expectJudged(await atOnce(times(40, () => guessAt(username))), 20);
  });

  test("at a name that is nobody's: as many as at somebody's", async () => {
    expectJudged(await atOnce(times(40, () => guessAt("nobody at all"))), 20);
  });

  test("at as many accounts from one place: fifty reach the hash", async () => {
    const origin = somewhere();
    const names = times(70, (at) => `nobody-${at}`);
    expectJudged(await atOnce(names.map((name) => guessAt(name, origin))), 50);
  });

  test("in one day at one account: what is left of ninety reaches the hash", async () => {
    const { username } = await aPerson();
    await setAttempts(`day:${username}`, 80);
    expectJudged(await atOnce(times(30, () => guessAt(username))), 10);
  });

  test("by everybody together: what is left of a thousand reaches the hash", async () => {
    await setAttempts("everybody", 990);
    try {
      expectJudged(await atOnce(times(30, (at) => guessAt(`somebody-${at}`))), 10);
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
    expectJudged(await atOnce(times(25, (at) => ways[at % 3] ?? guessAt(username))), 5);
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

test("one's own sign-ins at one's usual place do not make room for guesses at others", async () => {
  const person = await aPerson();
  const home = { requestId: "r", address: "198.51.100.7", userAgent: "a browser" };
  const own = guessAt(person.username, home, PASSWORD);
  await own();
  await setAttempts("place:198.51.100.7", 55);
  for (let round = 0; round < 8; round += 1) await own();
  const { countOf } = await atOnce(times(8, (at) => guessAt(`neighbour-${at}`, home)));
  expect(countOf("tooManyRequests")).toBe(8);
});

test("a password that could not be compared because too many waited is no guess", async () => {
  const { username } = await aPerson();
  const origin = somewhere();
  const slots = processWide<SemaphoreInterface>("argon2-slots", () => {
    throw new Error("nothing was hashed yet");
  });
  const held = [await slots.acquire(), await slots.acquire()];
  const { countOf } = await atOnce(times(5, () => guessAt(username, origin, PASSWORD)));
  for (const [, release] of held) release();
  expect(countOf("busy")).toBe(5);
  expect(await guessAt(username, origin, PASSWORD)()).toHaveProperty("bearer");
});

test("who signs in while many guess at another account waits for one of these guesses alone", async () => {
  const [victim, person] = [await aPerson(), await aPerson()];
  const slots = processWide<SemaphoreInterface>("argon2-slots", () => {
    throw new Error("nothing was hashed yet");
  });
  const held = [await slots.acquire(), await slots.acquire()];
  const ended: string[] = [];
  const begin = async (who: UserActor, count: number, password: string) => {
    const attempts = times(count, () => guessAt(who.username, somewhere(), password));
    const ends = atOnce(
      attempts.map((attempt) => () => attempt().finally(() => ended.push(password))),
    );
    const key = `account:${who.username}`;
    await vi.waitUntil(async () => (await attemptsOf(key)) === count);
    // Not awaited: they end after the places are free.
    return { ends };
  };
  const guesses = await begin(victim, 10, WRONG);
  const signingIn = await begin(person, 1, PASSWORD);
  for (const [, release] of held) release();
  await Promise.all([guesses.ends, signingIn.ends]);
  expect(ended).toHaveLength(11);
  expect(ended.indexOf(PASSWORD)).toBeLessThan(5);
});

test("guesses that are refused do not use up the limits of the day and of everybody", async () => {
  const { username } = await aPerson();
  await setAttempts("everybody", 0);
  await atOnce(times(45, () => guessAt(username)));
  await atOnce(times(45, () => guessAt(username)));
  expect(await attemptsOf(`account:${username}`)).toBeGreaterThan(20);
  expect(await attemptsOf(`day:${username}`)).toBeLessThanOrEqual(20);
  expect(await attemptsOf("everybody")).toBeLessThanOrEqual(20);
});

test("guesses far beyond a limit are refused at once, whatever the counts are doing", async () => {
  const [{ username }, other] = [await aPerson(), await aPerson()];
  const origin = somewhere();
  for (let guess = 0; guess < 5; guess += 1) await refusalOf(guessAt(username, origin)());
  await asDatabaseOwner((sql) =>
    sql.begin(async (tx) => {
      await refusalOf(guessAt(username, origin)());
      // As if another guess were being counted, on a disk that is slow.
      await tx`select 1 from sign_in_failures where key like ${`pair:${username}%`} for update`;
      const { countOf } = await atOnce([
        ...times(50, () => guessAt(username, origin)),
        guessAt(other.username, somewhere(), PASSWORD),
      ]);
      expect(countOf("tooManyRequests")).toBe(50);
      expect(countOf("in")).toBe(1);
    }),
  );
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
  codes.filter((code) => !["in", "unauthenticated", "tooManyRequests", "busy"].includes(code));

async function attemptsOf(key: string): Promise<number> {
  const [row] = await asDatabaseOwner(
    (sql) => sql<{ failures: number }[]>`
      select failures from sign_in_failures where key = ${key}`,
  );
  return row?.failures ?? 0;
}

async function setAttempts(key: string, failures: number): Promise<void> {
  forgetRefusals();
  await asDatabaseOwner(
    (sql) => sql`
      insert into sign_in_failures (key, failures, window_ends_at)
      values (${key}, ${failures}, now() + interval '10 minutes')
      on conflict (key) do update set failures = excluded.failures`,
  );
}
