import type { NextRequest } from "next/server";
import { currentActor } from "@/auth/current-actor";
import { isAdmin, type UserActor } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";

/** What is not a page of /admin/audit: administrators alone find it, and an outage is told as such. */
export async function auditRoute(work: (actor: UserActor) => Promise<Response>): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor || !isAdmin(actor)) return answer(404, "Not found");
    const response = await work(actor);
    response.headers.set("Cache-Control", "no-store");
    return response;
  } catch (error) {
    if (toDomainError(error)?.code === "unavailable") {
      return answer(503, "The database is not answering");
    }
    throw error;
  }
}

export function paramsOf(request: NextRequest): Record<string, string> {
  return Object.fromEntries(request.nextUrl.searchParams);
}

function answer(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "Cache-Control": "no-store" } });
}
