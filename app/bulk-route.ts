import { currentActor } from "@/auth/current-actor";
import type { UserActor } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";

/** What is not a page of a bulk action: who may not see it does not find it, an outage is told. */
export async function bulkRoute(work: (actor: UserActor) => Promise<Response>): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) return answer(404, "Not found");
    const response = await work(actor);
    response.headers.set("Cache-Control", "no-store");
    return response;
  } catch (error) {
    const code = toDomainError(error)?.code;
    if (code === "notFound") return answer(404, "Not found");
    if (code === "unavailable") return answer(503, "The database is not answering");
    throw error;
  }
}

function answer(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "Cache-Control": "no-store" } });
}
