import type { NextRequest } from "next/server";
import { listRoute } from "@/app/list-route";
import { tokenFacets } from "@/domain/tokens/facets";

/** How many of one's own tokens each filter would select. */
export function GET(request: NextRequest): Promise<Response> {
  return listRoute(request, "own", (actor, { filter }) =>
    tokenFacets(actor, filter, { ownOnly: true }),
  );
}
