import { notFound } from "next/navigation";
import { requireActor } from "@/auth/current-actor";
import { isAdmin, type UserActor } from "@/domain/actor";
import { type DomainErrorCode, toDomainError } from "@/domain/errors";
import type { ExportFile } from "@/domain/exports/file";
import { fileResponse } from "./file-response";

const STATUSES: Partial<Record<DomainErrorCode, number>> = { invalid: 422, unavailable: 503 };

/** As download, of admins alone: to others it does not exist. */
export function adminDownload(work: (actor: UserActor) => Promise<ExportFile>): Promise<Response> {
  return download((actor) => {
    if (!isAdmin(actor)) notFound();
    return work(actor);
  });
}

/** Every download runs in here: by a signed-in actor, refusals as plain text. */
export async function download(work: (actor: UserActor) => Promise<ExportFile>): Promise<Response> {
  try {
    return await fileResponse(await work(await requireActor()));
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
