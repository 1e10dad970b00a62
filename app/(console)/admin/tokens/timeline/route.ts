import type { NextRequest } from "next/server";
import { listRoute } from "@/app/list-route";
import { readDays } from "@/components/inventory/expiry-days";
import { expiryTimeline } from "@/domain/tokens/timeline";

/** How many of everybody's tokens end on each of the coming days. */
export function GET(request: NextRequest): Promise<Response> {
  return listRoute(request, "all", (actor, { filter }, params) =>
    expiryTimeline(actor, filter, readDays(params.get("days"))),
  );
}
