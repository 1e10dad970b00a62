import NextAuth from "next-auth";
import { authOptions } from "@/auth/options";
import { isSecure, originOf } from "@/auth/origin";

type Context = { params: Promise<{ nextauth: string[] }> };

const CALLBACK_COOKIE = /(?:^|;\s*)(?:__Secure-)?next-auth\.callback-url=([^;]*)/;

async function handle(request: Request, context: Context): Promise<Response> {
  if (!hasUsableCallback(request)) return refuse(400);
  const options = authOptions(isSecure(request.headers), originOf(request.headers));
  try {
    return await NextAuth(request as never, context as never, options);
  } catch (error) {
    // The body was not of the type that it claims.
    if (error instanceof SyntaxError || error instanceof TypeError) return refuse(400);
    throw error;
  }
}

// next-auth answers a password that is sent by GET with an internal error.
async function handleGet(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  return nextauth.join("/") === "callback/credentials" ? refuse(405) : handle(request, context);
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

function refuse(status: 400 | 405): Response {
  const headers = { "Cache-Control": "no-store", ...(status === 405 ? { Allow: "POST" } : {}) };
  return new Response(null, { status, headers });
}

export { handle as POST, handleGet as GET };
