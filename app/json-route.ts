import { currentActor } from "@/auth/current-actor";
import { isAdmin, type UserActor } from "@/domain/actor";
import { DomainError, toDomainError } from "@/domain/errors";

type Work = (actor: UserActor) => Promise<unknown>;

/**
 * What an open page asks for besides itself, as JSON that nobody keeps: by a signed-in actor, what
 * is not theirs as missing, and an outage as such. A redirect or a page of HTML would mislead it.
 */
export async function jsonRoute(work: Work): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) return refusal(401, "Sign in first");
    return Response.json(await work(actor), { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    const code = toDomainError(error)?.code;
    if (code === "notFound") return refusal(404, "Not found");
    if (code === "unavailable") return refusal(503, "The database is not answering");
    throw error;
  }
}

/** As jsonRoute, of administrators alone: to others it does not exist. */
export function adminJsonRoute(work: Work): Promise<Response> {
  return jsonRoute((actor) => {
    if (!isAdmin(actor)) throw new DomainError("notFound", "Not found");
    return work(actor);
  });
}

function refusal(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "Cache-Control": "no-store" } });
}
