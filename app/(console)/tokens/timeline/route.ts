import type { NextRequest } from "next/server";
import { listRoute } from "@/app/list-route";
import { readDays } from "@/components/inventory/expiry-days";
import { expiryTimeline } from "@/domain/tokens/timeline";

/** How many of one's own tokens end on each of the coming days. */
export function GET(request: NextRequest): Promise<Response> {
  return listRoute(request, "own", (actor, { filter }, params) =>
    expiryTimeline(actor, filter, readDays(params.get("days")), { ownOnly: true }),
  );
}
