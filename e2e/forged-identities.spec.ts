import { type APIRequestContext, request } from "@playwright/test";
import { usersOfSubject } from "@/db/testing/identities";
import { SAME_ORIGIN } from "./actions";
import { onDatabase } from "./database";
import { test as base, expect } from "./fixtures";
import { type Draft, type Forgery, startForger } from "./forger";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";

type Forger = Awaited<ReturnType<typeof startForger>>;

const test = base.extend<
  { browserless: () => Promise<APIRequestContext> },
  { place: { latchkey: Latchkey; forger: Forger } }
>({
  place: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const forger = await startForger();
      const latchkey = await startLatchkey({ environment: forger.environment });
      await use({ latchkey, forger });
      await forger.stop();
      await removeLatchkey(latchkey);
    },
    { scope: "worker", timeout: 90_000 },
  ],
  browserless: async ({ place }, use) => {
    const clients: APIRequestContext[] = [];
    await use(async () => {
      const client = await request.newContext({ baseURL: place.latchkey.url });
      clients.push(client);
      return client;
    });
    for (const client of clients) await client.dispose();
  },
});

const nowS = () => Math.floor(Date.now() / 1_000);
const withClaims = (more: Record<string, unknown>): Forgery => ({
  idToken: (draft) => ({ ...draft, claims: { ...draft.claims, ...more } }),
});
const withDraft = (more: Partial<Draft>): Forgery => ({
  idToken: (draft) => ({ ...draft, ...more }),
});

const FORGERIES: [string, Forgery][] = [
  ["of another issuer", withClaims({ iss: "https://evil.test" })],
  ["for another client", withClaims({ aud: "somebody-else" })],
  [
    "for several clients, another one being meant",
    withClaims({ aud: ["latchkey", "x"], azp: "x" }),
  ],
  ["with another nonce", withClaims({ nonce: "another" })],
  ["without a nonce", withClaims({ nonce: undefined })],
  ["that has expired", withClaims({ exp: nowS() - 60, iat: nowS() - 360 })],
  ["from the future", withClaims({ iat: nowS() + 600, exp: nowS() + 900 })],
  ["without an expiry", withClaims({ exp: undefined })],
  ["without a subject", withClaims({ sub: undefined })],
  ["with an empty subject", withClaims({ sub: "" })],
  ["without a signature", withDraft({ key: "none" })],
  ["signed with another key", withDraft({ key: "another" })],
  ["of an unknown key", withDraft({ header: { alg: "RS256", kid: "two" }, key: "another" })],
  [
    "signed with the client's secret",
    withDraft({ key: "client secret", header: { alg: "HS256" } }),
  ],
  ["that is missing", { idToken: () => null }],
  ["whose user info is somebody else's", { userInfoSubject: "somebody-else" }],
  ["of a provider that calls itself otherwise", { issuer: "https://evil.test" }],
];

async function depart(client: APIRequestContext, { forger }: { forger: Forger }) {
  const answer = await client.post("/sign-in/provider", { headers: SAME_ORIGIN });
  expect(answer.status()).toBe(200);
  const target = /url=(.*)$/.exec(answer.headers().refresh ?? "")?.[1] ?? "";
  expect(target).toMatch(`${forger.issuer}/authorize`);
  return forger.authorize(target);
}

async function comeBack(client: APIRequestContext, query: Record<string, string>) {
  const answer = await client.get("/api/auth/callback/oidc", { params: query, maxRedirects: 0 });
  const { cookies } = await client.storageState();
  return {
    status: answer.status(),
    location: answer.headers().location,
    isSignedIn: cookies.some(({ name, value }) => name.endsWith("session-token") && value !== ""),
  };
}

async function usersOf({ latchkey }: { latchkey: Latchkey }, subject: string) {
  return onDatabase(latchkey, (db) => usersOfSubject(db, subject));
}

const REFUSED = { status: 302, location: "/sign-in?error=provider-refused", isSignedIn: false };

test("an honest token signs in and makes a user, with PKCE, state and nonce", async ({
  place,
  browserless,
}) => {
  const client = await browserless();
  const subject = place.forger.forge({});
  const { code, state, asked } = await depart(client, place);
  expect(asked.get("code_challenge_method")).toBe("S256");
  expect(asked.get("response_type")).toBe("code");
  for (const name of ["code_challenge", "state", "nonce"]) {
    expect(asked.get(name)?.length).toBeGreaterThan(20);
  }
  const back = await comeBack(client, { code, state });
  expect(back).toMatchObject({ status: 302, isSignedIn: true });
  expect(back.location).toBe(`${place.latchkey.url}/tokens`);
  expect(await usersOf(place, subject)).toHaveLength(1);
});

for (const [what, forgery] of FORGERIES) {
  test(`an ID token ${what} signs nobody in and makes no user`, async ({ place, browserless }) => {
    const client = await browserless();
    const subject = place.forger.forge(forgery);
    const { code, state } = await depart(client, place);
    expect(await comeBack(client, { code, state })).toEqual(REFUSED);
    expect(await usersOf(place, subject)).toEqual([]);
  });
}

test("a code or a state that was used, is another browser's or is made up signs nobody in", async ({
  place,
  browserless,
}) => {
  place.forger.forge({});
  const [client, other] = [await browserless(), await browserless()];
  const first = await depart(client, place);
  expect((await comeBack(client, { code: first.code, state: first.state })).isSignedIn).toBe(true);
  await client.post("/sign-out", { headers: SAME_ORIGIN, maxRedirects: 0 });
  expect(await comeBack(client, { code: first.code, state: first.state })).toEqual(REFUSED);

  const second = await depart(client, place);
  expect(await comeBack(client, { code: first.code, state: second.state })).toEqual(REFUSED);

  const third = await depart(client, place);
  // Without the cookies of the one who departed: no state, nonce or verifier.
  expect(await comeBack(other, { code: third.code, state: third.state })).toEqual(REFUSED);
  const fourth = await depart(other, place);
  expect(await comeBack(client, { code: fourth.code, state: fourth.state })).toEqual(REFUSED);

  const fifth = await depart(client, place);
  for (const state of ["", "made-up", fifth.state.slice(0, -1)]) {
    const again = await browserless();
    await depart(again, place);
    expect(await comeBack(again, { code: fifth.code, state })).toEqual(REFUSED);
  }
});

test("what the provider says in the address is not repeated in ours", async ({
  place,
  browserless,
}) => {
  const client = await browserless();
  await depart(client, place);
  const evil = '"><script>alert(1)</script>';
  const back = await comeBack(client, { error: evil, error_description: evil, state: "x" });
  expect(back).toEqual(REFUSED);
});

test("nobody else's page, and no address of next-auth's own, sends a browser to the provider", async ({
  place,
  browserless,
}) => {
  const client = await browserless();
  const crossSite = { Origin: "https://evil.test", "Sec-Fetch-Site": "cross-site" };
  expect((await client.post("/sign-in/provider", { headers: crossSite })).status()).toBe(403);
  const { csrfToken } = await (await client.get("/api/auth/csrf")).json();
  const form = { csrfToken, callbackUrl: place.latchkey.url };
  const query = { prompt: "none", redirect_uri: "https://evil.test" };
  const answer = await client.post("/api/auth/signin/oidc", { form, params: query });
  expect(answer.status()).toBe(404);
});
