import NextAuth from "next-auth";
import { authOptions } from "@/auth/options";
import { isSecure, originOf } from "@/auth/origin";

type Context = { params: Promise<{ nextauth: string[] }> };

function handle(request: Request, context: Context) {
  const options = authOptions(isSecure(request.headers), originOf(request.headers));
  return NextAuth(request as never, context as never, options);
}

// next-auth answers a password that is sent by GET with an internal error.
async function handleGet(request: Request, context: Context) {
  const { nextauth } = await context.params;
  if (nextauth.join("/") === "callback/credentials") {
    return new Response(null, {
      status: 405,
      headers: { Allow: "POST", "Cache-Control": "no-store" },
    });
  }
  return handle(request, context);
}

export { handle as POST, handleGet as GET };
