import type { NextRequest } from "next/server";
import { departToProvider } from "@/auth/depart";
import { oidcSettings } from "@/auth/oidc";
import { requireSameOrigin } from "@/auth/require-same-origin";
import { safePath } from "@/auth/safe-path";
import { toDomainError } from "@/domain/errors";

/** Begins a sign-in at the identity provider, by a form of the sign-in page. */
export async function POST(request: NextRequest): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  const target = form.get("callbackUrl");
  const callbackUrl = safePath(typeof target === "string" ? target : null);
  const seeOther = (location: string) =>
    new Response(null, { status: 303, headers: { location, "Cache-Control": "no-store" } });
  try {
    await requireSameOrigin();
    if (!oidcSettings()) return seeOther("/sign-in");
    const answer = await departToProvider(request, { callbackUrl });
    const back = `callbackUrl=${encodeURIComponent(callbackUrl)}`;
    return answer ?? seeOther(`/sign-in?error=provider-unavailable&${back}`);
  } catch (error) {
    const refusal = toDomainError(error);
    if (!refusal) throw error;
    const status = refusal.code === "unavailable" ? 503 : 403;
    return new Response(refusal.message, { status, headers: { "Cache-Control": "no-store" } });
  }
}
