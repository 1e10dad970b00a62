import NextAuth from "next-auth";
import { authOptions } from "@/auth/options";
import { isSecure, originOf } from "@/auth/origin";

type Context = { params: Promise<{ nextauth: string[] }> };

function handle(request: Request, context: Context) {
  const options = authOptions(isSecure(request.headers), originOf(request.headers));
  return NextAuth(request as never, context as never, options);
}

export { handle as GET, handle as POST };
