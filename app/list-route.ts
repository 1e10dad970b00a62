import type { NextRequest } from "next/server";
import { currentActor } from "@/auth/current-actor";
import { type ListRequest, readListRequest } from "@/components/inventory/list-request";
import { isAdmin, type UserActor } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";

type Work = (actor: UserActor, list: ListRequest, params: URLSearchParams) => Promise<unknown>;

/**
 * What a list of tokens asks for after its page: told as JSON that nobody keeps. `all` exists for
 * administrators alone; an outage is told as such.
 */
export async function listRoute(
  request: NextRequest,
  scope: "own" | "all",
  work: Work,
): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) return answer(401, "Sign in first");
    if (scope === "all" && !isAdmin(actor)) return answer(404, "Not found");
    const params = request.nextUrl.searchParams;
    const result = await work(actor, readListRequest(scope, Object.fromEntries(params)), params);
    return Response.json(result, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (toDomainError(error)?.code === "unavailable") {
      return answer(503, "The database is not answering");
    }
    throw error;
  }
}

function answer(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "Cache-Control": "no-store" } });
}
