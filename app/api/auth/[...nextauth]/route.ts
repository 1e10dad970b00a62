import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import type { Return } from "@/auth/come-back";
import { intentCookie } from "@/auth/intent";
import { authOptions } from "@/auth/options";
import { isSecure } from "@/auth/origin";
import { returnOf } from "@/auth/return";

type Context = { params: Promise<{ nextauth: string[] }> };

const CALLBACK_COOKIE = /(?:^|;\s*)(?:__Secure-)?next-auth\.callback-url=([^;]*)/;
const PROVIDER_DEADLINE_MS = 4_800;

async function handle(request: NextRequest, context: Context): Promise<Response> {
  if (!hasUsableCallback(request)) return refuse(400);
  const back = await returnOf(request.headers, request.cookies);
  const options = authOptions(isSecure(request.headers), back);
  try {
    return uncached(await NextAuth(request as never, context as never, options));
  } catch (error) {
    // The body was not of the type that it claims.
    if (error instanceof SyntaxError || error instanceof TypeError) return refuse(400);
    throw error;
  }
}

// It leaves this to chance for answers that set a sign-in's cookie.
function uncached(answer: Response): Response {
  const { status, statusText, body } = answer;
  const headers = new Headers(answer.headers);
  headers.set("Cache-Control", "no-store");
  return new Response(body, { status, statusText, headers });
}

// next-auth answers a password that is sent by GET with an internal error.
async function handleGet(request: NextRequest, context: Context): Promise<Response> {
  const action = (await context.params).nextauth.join("/");
  if (action === "callback/credentials") return refuse(405);
  return action === "callback/oidc" ? comeBack(request, context) : handle(request, context);
}

// The way to the provider begins at our own routes, which let nobody add to its request.
async function handlePost(request: NextRequest, context: Context): Promise<Response> {
  const action = (await context.params).nextauth.join("/");
  return action === "signin/oidc" ? refuse(404) : handle(request, context);
}

// Whatever was wrong, the address tells one code of ours and nothing of the cause.
async function comeBack(request: NextRequest, context: Context): Promise<Response> {
  const back = await returnOf(request.headers, request.cookies);
  const answer = await inTime(handle(request, context));
  const location = answer?.headers.get("Location");
  const isRefused = !location || /\/api\/auth\/(error|signin)(\?|$)/.test(location);
  const headers = new Headers(isRefused ? {} : answer?.headers);
  headers.append("Set-Cookie", await intentCookie(isSecure(request.headers), null));
  headers.set("Cache-Control", "no-store");
  if (isRefused) {
    for (const cookie of answer?.headers.getSetCookie() ?? []) headers.append("Set-Cookie", cookie);
    headers.set("Location", refusalPage(back, answer === null));
  }
  return new Response(null, { status: 302, headers });
}

function refusalPage({ intent }: Return, isLate: boolean): string {
  const code = isLate ? "provider-unavailable" : "provider-refused";
  if (intent?.purpose === "link") return `/account?error=${code}`;
  return intent ? `/prove?error=${code}` : `/sign-in?error=${code}`;
}

async function inTime(answer: Promise<Response>): Promise<Response | null> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PROVIDER_DEADLINE_MS);
  });
  const first = await Promise.race([answer, deadline]);
  clearTimeout(timer);
  return first;
}

// It takes what is no web address, or two of them, for a mistake of its own settings.
function hasUsableCallback(request: Request): boolean {
  const asked = new URL(request.url).searchParams.getAll("callbackUrl");
  const kept = CALLBACK_COOKIE.exec(request.headers.get("cookie") ?? "")?.[1];
  const all = kept === undefined ? asked : [...asked, safelyDecoded(kept)];
  return asked.length <= 1 && all.every(isWebAddress);
}

function isWebAddress(address: string): boolean {
  if (!/^(https?:\/\/|\/)/i.test(address)) return false;
  return URL.canParse(address, "https://latchkey.invalid");
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function refuse(status: 400 | 404 | 405): Response {
  const headers = { "Cache-Control": "no-store", ...(status === 405 ? { Allow: "POST" } : {}) };
  return new Response(null, { status, headers });
}

export { handleGet as GET, handlePost as POST };
