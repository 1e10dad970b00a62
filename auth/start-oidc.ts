import NextAuth, { type NextAuthOptions } from "next-auth";

interface Start {
  options: NextAuthOptions;
  /** Where the browser is led to afterwards: a path of ours. */
  callbackUrl: string;
  /** Added to the authorization request. */
  query?: Record<string, string>;
}

/** Where to send the browser, and the cookies with state, nonce and verifier that go with it. */
interface Departure {
  location: string;
  cookies: string[];
}

/**
 * Begins the way to the identity provider. next-auth wants a CSRF token that a page fetched before;
 * our own caller has checked the origin, so both steps are taken here. Null when the provider
 * cannot be reached.
 */
export async function startOidc({ options, callbackUrl, query }: Start): Promise<Departure | null> {
  const csrf = await call(options, { method: "GET", nextauth: ["csrf"] });
  const [cookie = ""] = csrf.cookies;
  const [name = "", value = ""] = cookie.split(";", 1)[0]?.split(/=(.*)/s) ?? [];
  const answer = await call(options, {
    method: "POST",
    nextauth: ["signin", "oidc"],
    query: query ?? {},
    cookies: { [name]: decodeURIComponent(value) },
    body: { csrfToken: csrf.body?.csrfToken, callbackUrl },
  });
  const { location } = answer;
  if (!location || location.startsWith(`${process.env.NEXTAUTH_URL}/`)) return null;
  return { location, cookies: [...csrf.cookies, ...answer.cookies] };
}

interface Answer {
  location: string | null;
  cookies: string[];
  body: { csrfToken?: string } | undefined;
}

// next-auth's handler for the older kind of routes takes plain objects, so it can be called.
async function call(
  options: NextAuthOptions,
  request: {
    method: string;
    nextauth: string[];
    query?: Record<string, string>;
    cookies?: Record<string, string>;
    body?: Record<string, unknown>;
  },
): Promise<Answer> {
  const { method, nextauth, query, cookies = {}, body = {} } = request;
  const headers = new Map<string, unknown>();
  const answer: Answer = { location: null, cookies: [], body: undefined };
  const keep = (sent: Answer["body"]) => {
    answer.body = sent;
  };
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: unknown) => {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    json: keep,
    send: keep,
    end: () => undefined,
  };
  const from = { method, query: { ...query, nextauth }, cookies, body, headers: {} };
  await NextAuth(from as never, response as never, options);
  const set = headers.get("set-cookie");
  answer.cookies = Array.isArray(set) ? set.map(String) : set ? [String(set)] : [];
  const location = headers.get("location");
  answer.location = typeof location === "string" ? location : null;
  return answer;
}
