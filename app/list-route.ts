import type { NextRequest } from "next/server";
import { type ListRequest, readListRequest } from "@/components/inventory/list-request";
import type { UserActor } from "@/domain/actor";
import { adminJsonRoute, jsonRoute } from "./json-route";

type Work = (actor: UserActor, list: ListRequest, params: URLSearchParams) => Promise<unknown>;

/** What a list of tokens asks for after its page; `all` exists for administrators alone. */
export function listRoute(
  request: NextRequest,
  scope: "own" | "all",
  work: Work,
): Promise<Response> {
  const params = request.nextUrl.searchParams;
  const route = scope === "all" ? adminJsonRoute : jsonRoute;
  return route((actor) => work(actor, readListRequest(scope, Object.fromEntries(params)), params));
}
