import { request } from "node:http";
import { text } from "node:stream/consumers";

interface Wanted {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends a request with exactly these headers, Host included, and follows nothing. */
export async function rawRequest(url: string, { body, ...options }: Wanted = {}) {
  const answer = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    const sent = request(url, options, resolve);
    sent.on("error", reject);
    sent.end(body);
  });
  const { location, "set-cookie": cookies = [], ...headers } = answer.headers;
  return {
    status: answer.statusCode ?? 0,
    location: location ?? null,
    cookies,
    headers,
    text: await text(answer),
  };
}

export const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

/** A CSRF token of next-auth's with the cookies that go with it. */
export async function csrfOf(url: string, headers: Record<string, string> = {}) {
  const answer = await rawRequest(`${url}/api/auth/csrf`, { headers });
  const cookie = answer.cookies.map((set) => set.split(";", 1)[0]).join("; ");
  return { token: String(JSON.parse(answer.text).csrfToken), cookie };
}
