import { notFound } from "next/navigation";
import { requireActor } from "@/auth/current-actor";
import { isAdmin, type UserActor } from "@/domain/actor";
import { type DomainErrorCode, toDomainError } from "@/domain/errors";

const STATUSES: Partial<Record<DomainErrorCode, number>> = { invalid: 422, unavailable: 503 };

/** Every download of admins runs in here: to others it does not exist, refusals are plain text. */
export async function adminDownload(
  work: (actor: UserActor) => Promise<Response>,
): Promise<Response> {
  try {
    const actor = await requireActor();
    if (!isAdmin(actor)) notFound();
    return await work(actor);
  } catch (error) {
    const refusal = toDomainError(error);
    if (!refusal) throw error;
    const status = STATUSES[refusal.code];
    if (status === undefined) notFound();
    const retryAfterMs = refusal.retryAfterMs;
    return new Response(`${refusal.message}\n`, {
      status,
      headers: {
        "Cache-Control": "no-store",
        ...(retryAfterMs ? { "Retry-After": String(Math.ceil(retryAfterMs / 1_000)) } : {}),
      },
    });
  }
}
