import { beforeAll, describe, expect, test } from "vitest";
import { query } from "@/db/client";
import { rowsOf, whileUserIsBeingChanged } from "@/db/testing/rows";
import { findUser } from "@/db/users";
import type { UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { changeOwnPassword } from "./change-own-password";
import { changePassword } from "./change-password";
import { deleteUser } from "./delete";
import { linkIdentity } from "./link-identity";
import { hashPassword, isPassword } from "./password";
import { createPasswordLink, setPasswordByLink } from "./password-link";
import { proveByIdentity } from "./prove";
import { signIn } from "./sign-in";
import { countSignIn, forgiveSignIn } from "./throttle";

const PASSWORD = "correct horse battery";
const ORIGIN = { requestId: "r", address: "192.0.2.9", userAgent: "a browser" };
let passwordHash: string;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

const aPerson = (): Promise<UserActor> => anOwner({ passwordHash });

async function storedHashOf({ userId }: UserActor): Promise<string | null> {
  return (await query((db) => findUser(db, userId)))?.passwordHash ?? null;
}

async function sessionsOf({ userId }: UserActor): Promise<number> {
  return (await rowsOf("tokens")).filter(
    ({ owner_id, kind }) => owner_id === userId && kind === "session",
  ).length;
}

describe("a sign-in that is judged while the password changes", () => {
  test("does not outlive the change that ends all sign-ins", async () => {
    const person = await aPerson();
    const attempt = () => signIn({ username: person.username, password: PASSWORD }, ORIGIN);
    const changed = { password_hash: await hashPassword("another horse battery") };
    const refusal = await refusalOf(whileUserIsBeingChanged(person.userId, changed, attempt));
    expect(refusal.code).toBe("unauthenticated");
    expect(await sessionsOf(person)).toBe(0);
  });

  test("is let in by one of the two and ends with the other, whoever is first", async () => {
    const person = await aPerson();
    const admin = await anAdmin();
    for (let round = 0; round < 10; round += 1) {
      const password = `${PASSWORD} ${round}`;
      const old = round === 0 ? PASSWORD : `${PASSWORD} ${round - 1}`;
      const origin = { ...ORIGIN, address: `192.0.2.${100 + round}` };
      const [signedIn] = await Promise.allSettled([
        signIn({ username: person.username, password: old }, origin),
        changePassword(admin, { username: person.username, password }),
      ]);
      if (signedIn.status === "rejected") expect(signedIn.reason.code).toBe("unauthenticated");
      else expect(await authenticate(signedIn.value.bearer, ORIGIN)).toBeNull();
      expect(await sessionsOf(person)).toBe(0);
    }
  });
});

describe("two who change one password at once with the old one", () => {
  test("do not both succeed: the second no longer knows the password", async () => {
    const person = await aPerson();
    const [first, second] = [await aBrowserOf(person), await aBrowserOf(person)];
    const outcomes = await Promise.allSettled([
      changeOwnPassword(first, { current: PASSWORD, password: "first horse battery" }),
      changeOwnPassword(second, { current: PASSWORD, password: "second horse battery" }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = outcomes[0]?.status === "fulfilled" ? "first" : "second";
    expect(await isPassword(`${winner} horse battery`, await storedHashOf(person))).toBe(true);
    expect(await sessionsOf(person)).toBe(1);
  });
});

describe("a one-time link", () => {
  test("that ten use at once sets one password, and the nine others are told it is used", async () => {
    const person = await aPerson();
    await aToken(person, { kind: "session" });
    const { secret } = await createPasswordLink(await anAdmin(), person.userId);
    const passwords = Array.from({ length: 10 }, (_, at) => `number ${at} horse battery`);
    const outcomes = await Promise.allSettled(
      passwords.map((password) => setPasswordByLink({ secret, password }, ORIGIN)),
    );
    const won = passwords.filter((_, at) => outcomes[at]?.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason.code).toBe("notFound");
    }
    expect(await isPassword(won[0] ?? "", await storedHashOf(person))).toBe(true);
    expect(await sessionsOf(person)).toBe(0);
  });

  test("that is replaced while it is used is either used or replaced", async () => {
    const admin = await anAdmin();
    for (let round = 0; round < 10; round += 1) {
      const person = await aPerson();
      const { secret } = await createPasswordLink(admin, person.userId);
      const [used, replaced] = await Promise.allSettled([
        setPasswordByLink({ secret, password: "a linked horse battery" }, ORIGIN),
        createPasswordLink(admin, person.userId),
      ]);
      expect(replaced.status).toBe("fulfilled");
      if (used.status === "rejected") expect(used.reason.code).toBe("notFound");
      const again = setPasswordByLink({ secret, password: "once more horse battery" }, ORIGIN);
      expect((await refusalOf(again)).code).toBe("notFound");
    }
  });
});

test("what follows a sign-in or a proof does not fail because the user was deleted meanwhile", async () => {
  const [person, admin] = [await aPerson(), await anAdmin()];
  const { userId, username } = person;
  const counted = await countSignIn({ username, userId, address: ORIGIN.address });
  await deleteUser(admin, userId);
  await forgiveSignIn(counted);
  await proveByIdentity(person);
  const claims = { iss: "https://id.example.com", sub: userId };
  expect((await refusalOf(linkIdentity(person, claims))).code).toBe("notFound");
});

test("a user who is deleted while signing in is signed in or refused, and nothing fails", async () => {
  const admin = await anAdmin();
  for (let round = 0; round < 15; round += 1) {
    const person = await aPerson();
    const [signedIn, deleted] = await Promise.allSettled([
      signIn({ username: person.username, password: PASSWORD }, ORIGIN),
      later(round * 6).then(() => deleteUser(admin, person.userId)),
    ]);
    expect(deleted.status).toBe("fulfilled");
    if (signedIn.status === "rejected") expect(signedIn.reason.code).toBe("unauthenticated");
    else expect(await authenticate(signedIn.value.bearer, ORIGIN)).toBeNull();
  }
});

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function aBrowserOf(person: UserActor): Promise<UserActor> {
  const { name } = await aToken(person, { kind: "session" });
  return { ...person, tokenName: name, origin: { ...person.origin, isBrowser: true } };
}
