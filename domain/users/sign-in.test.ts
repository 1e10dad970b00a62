import { beforeAll, describe, expect, test } from "vitest";
import {
  ageToken,
  auditEventsOf,
  clearSettings,
  everythingStored,
  rowsOf,
  setSetting,
  whileUserIsBeingDisabled,
  withoutAudit,
} from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { getToken } from "../tokens/get";
import { forgetAttempts } from "./forget-attempts";
import { forgetRefusals } from "./known-refusals";
import { liftSignInLock, signInLockOf } from "./lock";
import { hashPassword } from "./password";
import { signIn } from "./sign-in";

const PASSWORD = "correct horse battery";
let passwordHash: string;
let addresses = 0;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

function somewhere() {
  addresses += 1;
  return {
    requestId: "r",
    address: `2001:db8:0:${addresses.toString(16)}::1`,
    userAgent: "a browser",
  };
}

const aPerson = (wanted: { enabled?: boolean; username?: string } = {}): Promise<UserActor> =>
  anOwner({ ...wanted, passwordHash });

describe("a right password", () => {
  test("makes a session token with the lifetime in force that works", async () => {
    const person = await aPerson();
    const origin = somewhere();
    const input = { username: person.username.toUpperCase(), password: PASSWORD };
    const session = await signIn(input, origin);
    expect(session).toMatchObject({ userId: person.userId, username: person.username });
    const actor = await authenticate(session.bearer, origin);
    expect(actor).toMatchObject({ userId: person.userId, tokenName: session.tokenName });
    const token = await getToken(person, session.tokenName);
    expect(token).toMatchObject({ kind: "session", ttlMs: 960 * 60_000, enabled: true });
    expect(token.expiresAt).toEqual(session.expiresAt);
    try {
      await setSetting("auth-user-session-ttl-minutes", "5");
      const { tokenName } = await signIn(input, origin);
      expect((await getToken(person, tokenName)).ttlMs).toBe(300_000);
    } finally {
      await clearSettings();
    }
  });

  test("has one event, and neither password nor secret is stored", async () => {
    const person = await aPerson();
    const session = await signIn({ username: person.username, password: PASSWORD }, somewhere());
    expect(await auditEventsOf({ actorId: person.userId })).toMatchObject([
      {
        action: "session.sign-in",
        outcome: "success",
        objectKind: "token",
        objectName: session.tokenName,
        userAgent: "a browser",
      },
    ]);
    const everything = await everythingStored();
    expect(everything).not.toContain(session.bearer.split(":")[1]);
    expect(everything).not.toContain(PASSWORD);
  });

  test("without its event makes no session", async () => {
    const person = await aPerson();
    const input = { username: person.username, password: PASSWORD };
    const attempt = () => signIn(input, somewhere());
    await expect(withoutAudit(attempt)).rejects.toMatchObject({ code: "queryFailed" });
    const sessions = (await rowsOf("tokens")).filter((row) => row.owner_id === person.userId);
    expect(sessions).toEqual([]);
  });

  test("whose sign-in could not be stored counts as no attempt, however often", async () => {
    const person = await aPerson();
    const input = { username: person.username, password: PASSWORD };
    const origin = somewhere();
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      const signingIn = withoutAudit(() => signIn(input, origin));
      await expect(signingIn).rejects.toMatchObject({ code: "queryFailed" });
    }
    await expect(signIn(input, origin)).resolves.toMatchObject({ userId: person.userId });
  });
});

describe("the same refusal", () => {
  test("answers an unknown user, a wrong password, a disabled user and one without password", async () => {
    const person = await aPerson();
    const disabled = await aPerson({ enabled: false });
    const attempts = [
      { username: "nobody-at-all", password: PASSWORD },
      { username: person.username, password: `${PASSWORD}!` },
      { username: person.username, password: PASSWORD.slice(1) },
      { username: disabled.username, password: PASSWORD },
      { username: disabled.username, password: "wrong" },
    ];
    const refusals = [];
    for (const attempt of attempts) refusals.push(await refusalOf(signIn(attempt, somewhere())));
    for (const refusal of refusals) {
      expect({ ...refusal, message: refusal.message }).toEqual({
        code: "unauthenticated",
        message: "Wrong user name or password.",
        fields: [],
        retryAfterMs: undefined,
      });
    }
  });

  test("leaves one event that tells the reason, with the user only if there is one", async () => {
    const person = await aPerson();
    await refusalOf(signIn({ username: person.username, password: "wrong" }, somewhere()));
    expect(await auditEventsOf({ actorId: person.userId })).toMatchObject([
      { action: "session.sign-in", outcome: "failure", reason: "wrong user name or password" },
    ]);
    const secret = "MyPasswordInTheWrongField";
    await refusalOf(signIn({ username: secret, password: "wrong" }, somewhere()));
    expect(JSON.stringify(await rowsOf("audit_events"))).not.toContain(secret);
    const [latest] = (await rowsOf("audit_events")).slice(-1);
    expect(latest).toMatchObject({ actor_name: "(unknown)", outcome: "failure" });
  });

  test("leaves nothing of a password that was typed as the user name, and counts it all the same", async () => {
    const typed = "My Password In The Wrong Field";
    const origin = somewhere();
    const codes = [];
    for (let at = 0; at < 6; at += 1) {
      const username = at % 2 === 0 ? typed : typed.toUpperCase();
      codes.push((await refusalOf(signIn({ username, password: "wrong" }, origin))).code);
    }
    expect(codes).toEqual([...Array(5).fill("unauthenticated"), "tooManyRequests"]);
    expect((await everythingStored()).toLowerCase()).not.toContain(typed.toLowerCase());
  });

  test("answers somebody who is disabled at that moment, and leaves an event", async () => {
    const person = await aPerson();
    const input = { username: person.username, password: PASSWORD };
    const attempt = whileUserIsBeingDisabled(person.userId, () => signIn(input, somewhere()));
    expect((await refusalOf(attempt)).code).toBe("unauthenticated");
    expect(await auditEventsOf({ actorId: person.userId })).toMatchObject([
      { action: "session.sign-in", outcome: "failure", reason: "user is disabled" },
    ]);
  });
});

describe("input that nobody can type", () => {
  test.each([
    [{}, ["username", "password"]],
    [{ username: "", password: "" }, ["username", "password"]],
    [{ username: "a\u0000", password: "b\u0000" }, ["username", "password"]],
    [{ username: "x".repeat(257), password: "x".repeat(1_025) }, ["username", "password"]],
    [{ username: ["a"], password: { a: 1 } }, ["username", "password"]],
    [null, [""]],
  ])("is refused by its fields: %#", async (input, paths) => {
    const refusal = await refusalOf(signIn(input, somewhere()));
    expect(refusal.code).toBe("invalid");
    expect([...new Set(refusal.fields.map((field) => field.path))]).toEqual(paths);
  });

  test("is refused without repeating the password", async () => {
    for (const password of ["hunter2\u0000", 20_251_123, "hunter2".repeat(200)]) {
      const refusal = await refusalOf(signIn({ username: "a", password }, somewhere()));
      expect(JSON.stringify(refusal.fields)).not.toMatch(/hunter2|20251123/);
    }
  });
});

describe("guessing", () => {
  const wrong = (username: string) => ({ username, password: "wrong" });
  const codes = async (attempts: Promise<unknown>[]) =>
    (await Promise.allSettled(attempts)).map((outcome) =>
      outcome.status === "rejected" ? outcome.reason.code : "in",
    );

  test("from one place stops after five wrong passwords, in any case of the name", async () => {
    const person = await aPerson({ username: "Mini.Victim" });
    const origin = somewhere();
    const names = ["mini.victim", "MINI.VICTIM", "Mini.Victim", "mİni.victİm", "mini.victim"];
    for (const name of names) {
      expect((await refusalOf(signIn(wrong(name), origin))).code).toBe("unauthenticated");
    }
    for (const name of names) {
      const input = { username: name, password: PASSWORD };
      const refusal = await refusalOf(signIn(input, origin));
      expect(refusal.code).toBe("tooManyRequests");
      expect(refusal.retryAfterMs).toBeGreaterThan(14 * 60_000);
      expect(refusal.retryAfterMs).toBeLessThanOrEqual(15 * 60_000);
    }
    const denied = (await auditEventsOf({ actorId: person.userId })).filter(
      (event) => event.outcome === "denied",
    );
    expect(denied).toMatchObject([{ reason: "too many attempts" }]);
  });

  test("at once counts every guess: no more than five are judged", async () => {
    const person = await aPerson();
    const origin = somewhere();
    const outcomes = await codes(
      Array.from({ length: 20 }, () => signIn(wrong(person.username), origin)),
    );
    expect(outcomes.filter((code) => code === "unauthenticated")).toHaveLength(5);
    expect(outcomes.filter((code) => code === "tooManyRequests")).toHaveLength(15);
  });

  test("by one stranger, however often, does not lock the owner out elsewhere", async () => {
    const person = await aPerson();
    const stranger = somewhere();
    for (let round = 0; round < 60; round += 1) {
      await refusalOf(signIn(wrong(person.username), stranger));
    }
    const input = { username: person.username, password: PASSWORD };
    expect((await signIn(input, somewhere())).userId).toBe(person.userId);
  });

  test("from many places stops after twenty for the account", async () => {
    const person = await aPerson();
    for (let round = 0; round < 20; round += 1) {
      const refusal = await refusalOf(signIn(wrong(person.username), somewhere()));
      expect(refusal.code).toBe("unauthenticated");
    }
    const input = { username: person.username, password: PASSWORD };
    expect((await refusalOf(signIn(input, somewhere()))).code).toBe("tooManyRequests");
  });

  test("at many names from one place stops after fifty", async () => {
    const origin = somewhere();
    for (let round = 0; round < 50; round += 1) {
      const refusal = await refusalOf(signIn(wrong(`nobody-${round}`), origin));
      expect(refusal.code).toBe("unauthenticated");
    }
    expect((await refusalOf(signIn(wrong("nobody-50"), origin))).code).toBe("tooManyRequests");
    expect((await refusalOf(signIn(wrong("nobody-50"), somewhere()))).code).toBe("unauthenticated");
  });

  test("is forgiven by a right password, which itself does not count", async () => {
    const person = await aPerson();
    const origin = somewhere();
    const right = { username: person.username, password: PASSWORD };
    for (let round = 0; round < 3; round += 1) {
      for (let guess = 0; guess < 4; guess += 1) {
        await refusalOf(signIn(wrong(person.username), origin));
      }
      expect((await signIn(right, origin)).userId).toBe(person.userId);
    }
    for (let round = 0; round < 12; round += 1) await signIn(right, somewhere());
  });

  test("fifty right passwords at once sign in or are told to wait, and none is lost", async () => {
    const person = await aPerson();
    const origin = somewhere();
    const input = { username: person.username, password: PASSWORD };
    const outcomes = await codes(Array.from({ length: 50 }, () => signIn(input, origin)));
    const counted = outcomes.filter((code) => code === "tooManyRequests").length;
    const sessions = (await rowsOf("tokens")).filter(({ owner_id }) => owner_id === person.userId);
    expect(sessions).toHaveLength(50 - counted);
    expect(sessions.length).toBeGreaterThanOrEqual(5);
    expect((await signIn(input, somewhere())).userId).toBe(person.userId);
  });

  test("from elsewhere does not lock the owner out of a place they signed in from before", async () => {
    const person = await aPerson();
    const home = somewhere();
    const right = { username: person.username, password: PASSWORD };
    await signIn(right, home);
    for (let round = 0; round < 25; round += 1) {
      await refusalOf(signIn(wrong(person.username), somewhere()));
    }
    expect((await refusalOf(signIn(right, somewhere()))).code).toBe("tooManyRequests");
    expect((await signIn(right, home)).userId).toBe(person.userId);
    // There, too, five guesses are the limit.
    for (let round = 0; round < 5; round += 1)
      await refusalOf(signIn(wrong(person.username), home));
    expect((await refusalOf(signIn(right, home))).code).toBe("tooManyRequests");
  });

  test("from another address of the same /64 is from the same place", async () => {
    const person = await aPerson();
    const { address, ...rest } = somewhere();
    const neighbour = (at: number) => ({ ...rest, address: address.replace(/::1$/, `::${at}:1`) });
    for (let round = 1; round <= 5; round += 1) {
      await refusalOf(signIn(wrong(person.username), neighbour(round)));
    }
    const refusal = await refusalOf(signIn(wrong(person.username), neighbour(9)));
    expect(refusal.code).toBe("tooManyRequests");
  });

  test("slowly gets fewer than a hundred tries a day at an account", async () => {
    const person = await aPerson();
    let judged = 0;
    for (let window = 0; window < 7; window += 1) {
      for (let round = 0; round < 20; round += 1) {
        const { code } = await refusalOf(signIn(wrong(person.username), somewhere()));
        if (code === "unauthenticated") judged += 1;
      }
      await endWindow(`account:${person.username}`);
    }
    expect(judged).toBe(90);
  });

  test("by everybody together ends at a limit, but not for people at their usual places", async () => {
    const person = await aPerson();
    const home = somewhere();
    const right = { username: person.username, password: PASSWORD };
    await signIn(right, home);
    await setAttempts("everybody", 1_000);
    try {
      expect((await refusalOf(signIn(right, somewhere()))).code).toBe("tooManyRequests");
      expect((await signIn(right, home)).userId).toBe(person.userId);
    } finally {
      await setAttempts("everybody", 0);
    }
  });

  test("is not what a robot does that repeats an expired token", async () => {
    const person = await aPerson();
    const origin = somewhere();
    const { bearer, name } = await aToken(person, { ttlMs: 1_000 });
    await ageToken(name, 60_000);
    for (let round = 0; round < 200; round += 1)
      expect(await authenticate(bearer, origin)).toBeNull();
    const input = { username: person.username, password: PASSWORD };
    expect((await signIn(input, origin)).userId).toBe(person.userId);
  });

  test("that has locked a user out is seen and lifted by an administrator, with an event", async () => {
    const person = await aPerson();
    const admin = await anAdmin();
    expect(await signInLockOf(admin, person.userId)).toBeNull();
    for (let round = 0; round < 21; round += 1) {
      await refusalOf(signIn(wrong(person.username), somewhere()));
    }
    const lock = await signInLockOf(admin, person.userId);
    expect(lock?.where).toBe("elsewhere");
    expect(lock?.endsAt.getTime()).toBeGreaterThan(Date.now());
    expect((await refusalOf(signInLockOf(person, person.userId))).code).toBe("forbidden");
    expect((await refusalOf(liftSignInLock(person, person.userId))).code).toBe("forbidden");
    await liftSignInLock(admin, person.userId);
    expect(await signInLockOf(admin, person.userId)).toBeNull();
    const input = { username: person.username, password: PASSWORD };
    expect((await signIn(input, somewhere())).userId).toBe(person.userId);
    expect((await auditEventsOf({ actorId: admin.userId }))[0]?.action).toBe("user.unlock");
  });

  test("is forgotten when its time is over", async () => {
    const person = await aPerson();
    await refusalOf(signIn(wrong(person.username), somewhere()));
    const countOf = async () =>
      (await rowsOf("sign_in_failures")).filter(({ key }) => key.includes(person.username)).length;
    expect(await countOf()).toBe(3);
    await endWindow(`account:${person.username}`);
    await forgetAttempts();
    expect(await countOf()).toBe(2);
  });
});

describe("where passwords are switched off", () => {
  test("the right one is refused like any other, and recorded", async () => {
    const person = await aPerson();
    await setSetting("local-sign-in", "false");
    try {
      const refusals = [PASSWORD, "wrong"].map(async (password) => {
        const { code, message } = await refusalOf(
          signIn({ username: person.username, password }, somewhere()),
        );
        return { code, message };
      });
      const [right, other] = await Promise.all(refusals);
      expect(right).toEqual(other);
      expect(right?.code).toBe("forbidden");
    } finally {
      await clearSettings();
    }
    expect((await auditEventsOf({ actorId: person.userId }))[0]).toMatchObject({
      outcome: "denied",
    });
  });
});

// As if its time were over.
async function endWindow(key: string): Promise<void> {
  forgetRefusals();
  await asDatabaseOwner(
    (sql) => sql`update sign_in_failures set window_ends_at = now() - interval '1 second'
      where key = ${key}`,
  );
}

async function setAttempts(key: string, failures: number): Promise<void> {
  forgetRefusals();
  await asDatabaseOwner(
    (sql) => sql`update sign_in_failures set failures = ${failures} where key = ${key}`,
  );
}
