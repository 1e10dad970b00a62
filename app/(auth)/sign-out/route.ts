import { requireSameOrigin } from "@/auth/require-same-origin";
import { endSession } from "@/auth/session";
import { toDomainError } from "@/domain/errors";

/** A plain form post, so that the browser drops every page it holds in memory. */
export async function POST(): Promise<Response> {
  try {
    await requireSameOrigin();
    await endSession();
  } catch (error) {
    const refusal = toDomainError(error);
    if (!refusal) throw error;
    const status = refusal.code === "unavailable" ? 503 : 403;
    return new Response(refusal.message, { status, headers: { "Cache-Control": "no-store" } });
  }
  return new Response(null, {
    status: 303,
    headers: { Location: "/sign-in", "Clear-Site-Data": '"cache"', "Cache-Control": "no-store" },
  });
}
