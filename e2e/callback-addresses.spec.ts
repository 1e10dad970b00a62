import { OURS, toActionRequest } from "./access/ask";
import { type Place, test } from "./access/place";
import { ACTIONS } from "./access/table";
import { expect } from "./fixtures";
import { csrfOf, FORM, rawRequest } from "./raw-request";

test.describe.configure({ mode: "default" });

const TARGETS = [
  "//evil.test",
  "///evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "/\t/evil.test",
  "/./\\evil.test",
  "/..//evil.test",
  "/%2f%2fevil.test/..//evil.test",
  " //evil.test",
  "https://evil.test",
  "https:evil.test",
  "HTTPS://EVIL.TEST",
  "http://localhost@evil.test/",
  "http://localhost:3977.evil.test/",
  "https://host:99999",
  "//[",
  "http://[::1",
  "javascript:alert(1)",
  "data:text/html,x",
  "/\r\nSet-Cookie: evil=1",
  "/%0d%0aLocation:%20https://evil.test",
  "/tokens\u0000",
  "/\ud800",
  "/%",
  "",
  `/${"x".repeat(10_240)}`,
  `https://evil.test/${"x".repeat(6_000)}`,
];

interface Answered {
  status: number;
  location?: string | null;
  cookies?: string[];
}

/** Every way in which an address to come back to can be given. */
const ENTRIES: Record<string, (place: Place, target: string) => Promise<Answered | Answered[]>> = {
  "the sign-in page": ({ latchkey }, target) =>
    rawRequest(`${latchkey.url}/sign-in?${callback(target)}`),
  "the sign-in page of somebody signed in": ({ latchkey, people }, target) =>
    rawRequest(`${latchkey.url}/sign-in?${callback(target)}`, { headers: people.user.page }),
  "the sign-in page, twice": ({ latchkey, people }, target) =>
    rawRequest(`${latchkey.url}/sign-in?${callback(target)}&${callback(target)}`, {
      headers: people.user.page,
    }),
  "the action of its form": signInByAction,
  "the form without scripts": signInWithoutScripts,
  "the way to the provider": ({ latchkey }, target) =>
    rawRequest(`${latchkey.url}/sign-in/provider`, {
      method: "POST",
      headers: { ...FORM, ...OURS },
      body: callback(target),
    }),
  "next-auth's sign-in page": ({ latchkey }, target) =>
    rawRequest(`${latchkey.url}/api/auth/signin?${callback(target)}`),
  "next-auth's session, in a cookie": ({ latchkey }, target) =>
    rawRequest(`${latchkey.url}/api/auth/session`, { headers: callbackCookie(target) }),
  "next-auth's sign-in page, in a cookie": ({ latchkey }, target) =>
    rawRequest(`${latchkey.url}/api/auth/signin`, { headers: callbackCookie(target) }),
  "next-auth's error page": ({ latchkey }, target) =>
    rawRequest(`${latchkey.url}/api/auth/error?${callback(target)}&error=Callback`),
  "the way back from the provider": ({ latchkey }, target) =>
    rawRequest(`${latchkey.url}/api/auth/callback/oidc?${callback(target)}&code=x&state=y`),
  "next-auth's sign-in with a password": (place, target) =>
    postToNextAuth(place, "callback/credentials", target),
  "next-auth's sign-out": (place, target) => postToNextAuth(place, "signout", target),
};

for (const [entry, ask] of Object.entries(ENTRIES)) {
  test(`wherever an address to come back to points, ${entry} stays here and never fails`, async ({
    place,
  }) => {
    for (const target of TARGETS) {
      for (const answer of [await ask(place, target)].flat()) {
        const shown = target.slice(0, 40);
        expect([shown, answer.status < 500]).toEqual([shown, true]);
        expect([shown, leadsAway(place, answer.location)]).toEqual([shown, false]);
        const kept = (answer.cookies ?? []).filter((cookie) => /callback-url=/.test(cookie));
        for (const cookie of kept) {
          const value = decodeURIComponent(/callback-url=([^;]*)/.exec(cookie)?.[1] ?? "");
          expect([shown, leadsAway(place, value)]).toEqual([shown, false]);
        }
        expect((answer.cookies ?? []).some((cookie) => cookie.startsWith("evil"))).toBe(false);
      }
    }
  });
}

// As a browser reads it: a backslash is a slash, and control characters are not there.
function leadsAway({ latchkey }: Place, location: string | null | undefined): boolean {
  if (!location) return false;
  return new URL(location, latchkey.url).origin !== latchkey.url;
}

function callback(target: string): string {
  return new URLSearchParams({ callbackUrl: target }).toString();
}

function callbackCookie(target: string): Record<string, string> {
  return { Cookie: `next-auth.callback-url=${encodeURIComponent(target.toWellFormed())}` };
}

async function postToNextAuth({ latchkey, people }: Place, action: string, target: string) {
  const { token: csrfToken, cookie } = await csrfOf(latchkey.url);
  const { username, password } = people.user;
  return rawRequest(`${latchkey.url}/api/auth/${action}`, {
    method: "POST",
    headers: { ...FORM, ...OURS, Cookie: cookie },
    body: new URLSearchParams({ csrfToken, username, password, callbackUrl: target }).toString(),
  });
}

async function signInByAction(place: Place, target: string): Promise<Answered> {
  const action = place.manifest.actions.find(({ name }) => name === "signInAction");
  const row = ACTIONS.signInAction;
  if (!action || !row) throw new Error("there is no signInAction");
  const { id: userId, username, password } = place.people.user;
  const things = { token: "", session: "", job: "", spareId: "", userId, username, password };
  const args = () => {
    const form = new FormData();
    form.set("username", username);
    form.set("password", password);
    form.set("callbackUrl", target);
    return [{ status: "idle" }, form];
  };
  const { path, body, headers } = toActionRequest(action, { ...row, args }, things);
  const answer = await fetch(place.latchkey.url + path, {
    method: "POST",
    headers: { ...headers, ...OURS },
    body: body ?? null,
    redirect: "manual",
  });
  const [location = null] = (answer.headers.get("x-action-redirect") ?? "").split(";", 1);
  expect(location).not.toBe("");
  return { status: answer.status, location };
}

// The page's own form, sent as a browser without scripts sends it.
async function signInWithoutScripts({ latchkey, people }: Place, target: string) {
  const page = await rawRequest(`${latchkey.url}/sign-in?${callback(target)}`);
  const { username, password } = people.user;
  const form = new FormData();
  for (const [, attributes = ""] of page.text.matchAll(/<input([^>]*type="hidden"[^>]*)>/g)) {
    const [, name = ""] = /name="([^"]*)"/.exec(attributes) ?? [];
    const [, value = ""] = /value="([^"]*)"/.exec(attributes) ?? [];
    if (name !== "callbackUrl") form.append(name, unescaped(value));
  }
  form.set("username", username);
  form.set("password", password);
  form.set("callbackUrl", target);
  const answer = await fetch(`${latchkey.url}/sign-in`, {
    method: "POST",
    headers: OURS,
    body: form,
    redirect: "manual",
  });
  expect(answer.status).toBe(303);
  return { status: answer.status, location: answer.headers.get("location") };
}

function unescaped(html: string): string {
  return html.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
