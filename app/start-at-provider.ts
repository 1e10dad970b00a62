import type { NextRequest } from "next/server";
import { currentActor } from "@/auth/current-actor";
import { departToProvider } from "@/auth/depart";
import type { Intent } from "@/auth/intent";
import { oidcSettings } from "@/auth/oidc";
import { requireSameOrigin } from "@/auth/require-same-origin";
import type { UserActor } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";

interface Start {
  purpose: Intent["purpose"];
  /** Where it begins, and where a refusal is shown. */
  from: string;
  /** Where it ends. */
  callbackUrl: string;
  allow?: (actor: UserActor) => Promise<void>;
}

/** Leads a signed-in person to the identity provider for something of their own account. */
export async function startAtProvider(request: NextRequest, start: Start): Promise<Response> {
  const seeOther = (location: string) =>
    new Response(null, { status: 303, headers: { location, "Cache-Control": "no-store" } });
  try {
    await requireSameOrigin();
    const actor = await currentActor();
    if (!actor || !oidcSettings()) return seeOther(start.from);
    await start.allow?.(actor);
    const intent = { purpose: start.purpose, actor };
    const answer = await departToProvider(request, { callbackUrl: start.callbackUrl, intent });
    return answer ?? seeOther(`${start.from}?error=provider-unavailable`);
  } catch (error) {
    const refusal = toDomainError(error);
    if (!refusal) throw error;
    if (refusal.code === "proofRequired") return seeOther(`${start.from}?error=proof-required`);
    const status = refusal.code === "unavailable" ? 503 : 403;
    return new Response(refusal.message, { status, headers: { "Cache-Control": "no-store" } });
  }
}
