import { type APIRequestContext, type BrowserContext, expect, request } from "@playwright/test";
import type { Address } from "./latchkey";
import type { Account } from "./people";

type Credentials = Pick<Account, "username" | "password">;

/** Signs a browser in as the form does it without scripts, but without drawing the form. */
export async function signIn(context: BrowserContext, who: Credentials): Promise<void> {
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const { username, password } = who;
  const answer = await context.request.post("/api/auth/callback/credentials", {
    form: { csrfToken, username, password, json: "true" },
  });
  expect(answer.ok()).toBe(true);
  const cookies = await context.cookies();
  expect(cookies.map((cookie) => cookie.name)).toContain("next-auth.session-token");
}

/** Signs in as a browser does; gives the Cookie header of the sign-in alone. */
export async function cookieOf({ url }: Pick<Address, "url">, who: Credentials): Promise<string> {
  const first = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = await first.json();
  const { username, password } = who;
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: cookiesIn(first).join("; ") },
    body: new URLSearchParams({ csrfToken, username, password, json: "true" }),
  });
  const cookie = cookiesIn(answer).find((known) => known.includes("session-token="));
  if (!cookie) throw new Error(`${username} was not signed in`);
  return cookie;
}

function cookiesIn(answer: Response): string[] {
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
}

/** Signs a program in; gives its bearer token. */
export async function signInProgram({ url }: Pick<Address, "url">, who: Credentials) {
  const { username, password } = who;
  const answer = await fetch(`${url}/v1-public/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  expect(answer.status).toBe(201);
  const { token }: { token: string } = await answer.json();
  return token;
}

/** An HTTP client that presents this bearer token; the caller disposes of it. */
export function programOf(
  { url }: Pick<Address, "url">,
  bearer: string,
): Promise<APIRequestContext> {
  return request.newContext({
    baseURL: url,
    extraHTTPHeaders: { Authorization: `Bearer ${bearer}` },
  });
}
