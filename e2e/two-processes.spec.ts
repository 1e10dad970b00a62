import { embeddedDatabaseUrl } from "@/db/embedded";
import { measured, times } from "@/prove/proof";
import { disconnect } from "./database";
import { test as base, expect } from "./fixtures";
import { SETTINGS, USERS } from "./kinds";
import { type Latchkey, operate, removeLatchkey, startLatchkey } from "./latchkey";
import { type Account, ADMINISTRATOR, addUser } from "./people";
import { cookieOf, signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

const MERGE_PATCH = { "Content-Type": "application/merge-patch+json" };
const OURS = { "Sec-Fetch-Site": "same-origin" };
const SETTING_MS_MAX = 2_000;
const STOPPED_MS_MAX = 1_000;

interface Pair {
  one: Latchkey;
  other: Latchkey;
  /** An administrator's token, as headers. */
  admin: Record<string, string>;
}

// Two processes of one installation on one database, as behind a load balancer.
const test = base.extend<object, { pair: Pair }>({
  pair: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const common = {
        NEXTAUTH_URL: "http://localhost",
        NEXTAUTH_SECRET: "one secret for both processes of it",
        ADMIN_USERNAME: ADMINISTRATOR.username,
        ADMIN_PASSWORD: ADMINISTRATOR.password,
      };
      const one = await startLatchkey({ environment: common });
      const DATABASE_URL = (await embeddedDatabaseUrl(one)) ?? "";
      const environment = { ...common, DATABASE_URL, HOST: "127.0.0.1" };
      const other = await startLatchkey({ environment });
      const admin = { Authorization: `Bearer ${await signInProgram(one, ADMINISTRATOR)}` };
      await use({ one, other, admin });
      await disconnect();
      await other.end("SIGTERM");
      await removeLatchkey(one);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.describe.configure({ mode: "default" });

/** Somebody with a cookie, of which there are copies, and a token; both are known to both processes. */
async function aPerson(pair: Pair, role: "user" | "admin" = "user") {
  const account = await addUser(pair.one, role);
  const cookie = { Cookie: await cookieOf(pair.one, account) };
  const session = { Authorization: `Bearer ${await signInProgram(pair.one, account)}` };
  const made = await fetch(pair.one.url + TOKENS, {
    method: "POST",
    headers: { ...session, "Content-Type": "application/json" },
    body: "{}",
  });
  const token = { Authorization: `Bearer ${(await made.json()).status.bearerToken}` };
  const person = { ...account, cookie, token, session };
  expect(await seen(pair, person)).toEqual(EVERYTHING);
  return person;
}

const EVERYTHING = { cookie: [200, 200], session: [200, 200], token: [200, 200] };
const NO_SIGN_IN = { cookie: [307, 307], session: [401, 401], token: [200, 200] };

type Person = Awaited<ReturnType<typeof aPerson>>;

/** What both processes answer to each of somebody's credentials, the other one being asked first. */
async function seen({ one, other }: Pair, { cookie, session, token }: Person) {
  const ask = async (path: string, headers: Record<string, string>) => {
    const answers: number[] = [];
    for (const { url } of [other, one]) {
      const answer = await fetch(url + path, { headers, redirect: "manual" });
      await answer.body?.cancel();
      answers.push(answer.status);
    }
    return answers;
  };
  return {
    cookie: await ask("/tokens", cookie),
    session: await ask(`${TOKENS}?limit=1`, session),
    token: await ask(`${TOKENS}?limit=1`, token),
  };
}

async function patch({ one, admin }: Pair, path: string, body: object): Promise<void> {
  const answer = await fetch(one.url + path, {
    method: "PATCH",
    headers: { ...admin, ...MERGE_PATCH },
    body: JSON.stringify(body),
  });
  expect([path, answer.status]).toEqual([path, 200]);
}

test("who signs out at one process is signed out at both, with every copy of the cookie", async ({
  pair,
}) => {
  const person = await aPerson(pair);
  const headers = { ...person.cookie, ...OURS };
  const answer = await fetch(`${pair.one.url}/sign-out`, {
    method: "POST",
    headers,
    redirect: "manual",
  });
  expect(answer.status).toBe(303);
  expect(await seen(pair, person)).toEqual({ ...EVERYTHING, cookie: [307, 307] });
});

test("a token that is disabled at one process is refused by the other within a second", async ({
  pair,
}) => {
  const { token } = await aPerson(pair);
  const verify = async () => {
    const { status, body } = await fetch(`${pair.other.url}/verify`, { headers: token });
    await body?.cancel();
    return status;
  };
  const name = /ext\/([^:]+):/.exec(token.Authorization)?.[1];
  const tookMs: number[] = [];
  const rounds = times({ quick: 10, full: 200 });
  for (let round = 0; round < rounds; round += 1) {
    await patch(pair, `${TOKENS}/${name}`, { spec: { enabled: true } });
    await expect.poll(verify).toBe(200);
    await patch(pair, `${TOKENS}/${name}`, { spec: { enabled: false } });
    const stoppedAt = performance.now();
    while ((await verify()) === 200) {
      expect(performance.now() - stoppedAt).toBeLessThan(STOPPED_MS_MAX);
    }
    tookMs.push(performance.now() - stoppedAt);
  }
  const [p50, p99, most] = [0.5, 0.99, 1].map((part) => {
    const sorted = tookMs.toSorted((left, right) => left - right);
    return `${(sorted[Math.ceil(part * rounds) - 1] ?? Number.NaN).toFixed(0)} ms`;
  });
  measured(
    "21. A token that is disabled at one process is refused by every other within 1 s",
    `${rounds} times, from the answer to the first refusal: median ${p50}, p99 ${p99}, at most ${most}`,
  );
});

test("who is disabled at one process is out at both, and enabled again has the tokens back", async ({
  pair,
}) => {
  const person = await aPerson(pair);
  await patch(pair, `${USERS}/${person.id}`, { enabled: false });
  const nothing = { cookie: [307, 307], session: [401, 401], token: [401, 401] };
  expect(await seen(pair, person)).toEqual(nothing);
  await patch(pair, `${USERS}/${person.id}`, { enabled: true });
  expect(await seen(pair, person)).toEqual(NO_SIGN_IN);
});

test("an administrator who is demoted at one process is none at both, with any credential", async ({
  pair,
}) => {
  const person = await aPerson(pair, "admin");
  const isAdmin = ({ url }: Latchkey) =>
    fetch(url + SETTINGS, { headers: person.token }).then(({ status }) => status === 200);
  expect([await isAdmin(pair.one), await isAdmin(pair.other)]).toEqual([true, true]);
  await patch(pair, `${USERS}/${person.id}`, { role: "user" });
  expect([await isAdmin(pair.other), await isAdmin(pair.one)]).toEqual([false, false]);
  expect(await seen(pair, person)).toEqual(NO_SIGN_IN);
});

test("a password that is changed in another process ends the sign-ins at both", async ({
  pair,
}) => {
  const person = await aPerson(pair);
  await operate(pair.one, ["user", "password", person.username]);
  expect(await seen(pair, person)).toEqual(NO_SIGN_IN);
  expect(await signInStatus(pair.other, person)).toBe(401);
});

test("sign-ins that are ended at one process are over at both", async ({ pair }) => {
  const person = await aPerson(pair);
  const selected = `labelSelector=${encodeURIComponent(
    `cattle.io/user-id=${person.id},authn.management.cattle.io/kind=session`,
  )}`;
  const { url } = pair.one;
  const answer = await fetch(`${url}${TOKENS}?${selected}`, {
    method: "DELETE",
    headers: pair.admin,
  });
  expect(answer.status).toBe(200);
  expect(await seen(pair, person)).toEqual(NO_SIGN_IN);
});

test("a setting that is changed at one process is in force at both within two seconds", async ({
  pair,
}) => {
  const person = await aPerson(pair);
  const mayCreate = ({ url }: Latchkey) =>
    fetch(`${url}${TOKENS}?dryRun=All`, {
      method: "POST",
      headers: { ...person.token, "Content-Type": "application/json" },
      body: "{}",
    }).then(({ status }) => status === 201);
  for (const value of ["false", "true", "false", "true"]) {
    await patch(pair, `${SETTINGS}/tokens-may-create-tokens`, { value });
    const changedAt = performance.now();
    expect(await mayCreate(pair.one)).toBe(value === "true");
    while ((await mayCreate(pair.other)) !== (value === "true")) {
      expect(performance.now() - changedAt).toBeLessThan(SETTING_MS_MAX);
    }
  }
});

test("wrong passwords are counted by both processes together", async ({ pair }) => {
  const { username } = await addUser(pair.one);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const at = attempt % 2 ? pair.one : pair.other;
    statuses.push(await signInStatus(at, { username, password: "not the right password" }));
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
});

async function signInStatus(
  { url }: Latchkey,
  { username, password }: Pick<Account, "username" | "password">,
): Promise<number> {
  const answer = await fetch(`${url}/v1-public/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  return answer.status;
}
