import { listAuditEventsOf } from "@/db/audit-events";
import { disconnect, onDatabase } from "./database";
import { test as base, expect } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { type Account, ADMINISTRATOR, addUser } from "./people";
import { csrfOf, FORM, rawRequest } from "./raw-request";

const WRONG = "not the right password";
const EVIL = {
  Host: "evil.test",
  "X-Forwarded-Host": "evil.test",
  Forwarded: "host=evil.test;proto=https;for=6.6.6.6",
  "X-Forwarded-Port": "444",
  "X-Original-Host": "evil.test",
};

const test = base.extend<object, { alone: Latchkey; behindProxy: Latchkey }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
  alone: [async ({}, use) => serve({}, use), { scope: "worker", timeout: 120_000 }],
  behindProxy: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => serve({ TRUST_PROXY: "1" }, use),
    { scope: "worker", timeout: 120_000 },
  ],
});

test.describe.configure({ mode: "default" });

async function serve(
  environment: Record<string, string>,
  use: (latchkey: Latchkey) => Promise<void>,
): Promise<void> {
  const latchkey = await startLatchkey({
    environment: {
      ...environment,
      ADMIN_USERNAME: ADMINISTRATOR.username,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
  });
  await use(latchkey);
  await disconnect();
  await removeLatchkey(latchkey);
}

for (const circumstance of ["alone", "behindProxy"] as const) {
  const where = circumstance === "alone" ? "without a proxy" : "behind a trusted proxy";

  test(`no redirect and no page leads to a host that a request makes up, ${where}`, async ({
    alone,
    behindProxy,
  }) => {
    const { url } = circumstance === "alone" ? alone : behindProxy;
    const { token: csrfToken, cookie } = await csrfOf(url);
    const { username, password } = ADMINISTRATOR;
    const signIn = new URLSearchParams({ csrfToken, username, password }).toString();
    const requests = {
      "/": {},
      "/tokens": {},
      "/sign-in": {},
      "/tokens/": {},
      "/api/auth/signin": {},
      "/api/auth/providers": {},
      "/api/auth/error?error=x": {},
      "/api/auth/callback/credentials": {
        method: "POST",
        headers: { ...FORM, Cookie: cookie },
        body: signIn,
      },
      "/sign-out": { method: "POST", headers: { "Sec-Fetch-Site": "same-origin" } },
    };
    for (const [path, wanted] of Object.entries(requests)) {
      const request: Parameters<typeof rawRequest>[1] = wanted;
      const headers = { ...request?.headers, ...EVIL };
      const answer = await rawRequest(url + path, { ...request, headers });
      expect([path, answer.status < 500]).toEqual([path, true]);
      const everything = JSON.stringify([answer.location, answer.cookies, answer.headers]);
      expect([path, everything.includes("evil.test")]).toEqual([path, false]);
      expect([path, answer.text.includes("evil.test")]).toEqual([path, false]);
    }
  });
}

test("without a proxy nobody makes a request one over TLS", async ({ alone }) => {
  const headers = { "X-Forwarded-Proto": "https", Forwarded: "proto=https" };
  const answer = await signInAt(alone, ADMINISTRATOR, headers);
  expect(answer.cookies.join()).toContain("next-auth.session-token=");
  expect(answer.cookies.join()).not.toMatch(/__(Host|Secure)-|secure/i);
  expect(answer.headers).not.toHaveProperty("strict-transport-security");
});

test("behind a trusted proxy a request over TLS gets cookies for TLS alone", async ({
  behindProxy,
}) => {
  const headers = { "X-Forwarded-Proto": "https" };
  const { cookies, headers: told } = await signInAt(behindProxy, ADMINISTRATOR, headers);
  const session = cookies.find((cookie) => cookie.startsWith("__Host-next-auth.session-token="));
  expect(session).toMatch(/; Secure/i);
  expect(session).toMatch(/; HttpOnly/i);
  expect(told).toHaveProperty("strict-transport-security");
});

test("without a proxy made-up addresses are one place, and not in the audit trail", async ({
  alone,
}) => {
  const account = await addUser(alone);
  const statuses: number[] = [];
  for (let at = 1; at <= 6; at += 1) {
    const headers = {
      "X-Forwarded-For": `10.0.0.${at}`,
      Forwarded: `for=10.0.0.${at}`,
      "X-Real-IP": `10.0.0.${at}`,
      "True-Client-IP": `10.0.0.${at}`,
      "CF-Connecting-IP": `10.0.0.${at}`,
    };
    statuses.push(await guessAt(alone, account, headers));
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect(await auditedAddresses(alone, account)).toEqual(["127.0.0.1"]);
});

test("behind a trusted proxy only the address that it adds counts, whatever stands before it", async ({
  behindProxy,
}) => {
  const [account, spread] = [await addUser(behindProxy), await addUser(behindProxy)];
  const statuses: number[] = [];
  for (let at = 1; at <= 6; at += 1) {
    const headers = { "X-Forwarded-For": `10.0.0.${at}, 203.0.113.7` };
    statuses.push(await guessAt(behindProxy, account, headers));
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect(await auditedAddresses(behindProxy, account)).toEqual(["203.0.113.7"]);
  for (let at = 1; at <= 6; at += 1) {
    const headers = { "X-Forwarded-For": `203.0.113.7, 198.51.100.${at}` };
    expect(await guessAt(behindProxy, spread, headers)).toBe(401);
  }
});

async function guessAt(
  { url }: Latchkey,
  { username }: Account,
  headers: Record<string, string>,
): Promise<number> {
  const answer = await rawRequest(`${url.replace("localhost", "127.0.0.1")}/v1-public/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ username, password: WRONG }),
  });
  return answer.status;
}

async function signInAt(
  { url }: Latchkey,
  { username, password }: Pick<Account, "username" | "password">,
  headers: Record<string, string>,
) {
  const { token: csrfToken, cookie } = await csrfOf(url, headers);
  const answer = await rawRequest(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { ...FORM, Cookie: cookie, ...headers },
    body: new URLSearchParams({ csrfToken, username, password }).toString(),
  });
  expect(answer.status).toBe(302);
  return answer;
}

async function auditedAddresses(latchkey: Latchkey, { id }: Account): Promise<(string | null)[]> {
  const page = { beforeSeq: Number.MAX_SAFE_INTEGER, limit: 50 };
  const events = await onDatabase(latchkey, (db) =>
    listAuditEventsOf(db, { kind: "user", name: id }, page),
  );
  return [...new Set(events.map(({ address }) => address))];
}
