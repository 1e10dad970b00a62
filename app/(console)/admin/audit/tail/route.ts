import type { NextRequest } from "next/server";
import { adminJsonRoute } from "@/app/json-route";
import { toAuditEventView } from "@/components/audit/event-view";
import { parseAuditFilter } from "@/domain/audit/filter";
import { listAuditEvents } from "@/domain/audit/list";

const SIZE = 100;

/** The next events after a position, for the page that is live. */
export function GET(request: NextRequest): Promise<Response> {
  return adminJsonRoute(async (actor) => {
    const { filter } = parseAuditFilter(Object.fromEntries(request.nextUrl.searchParams));
    const { events } = await listAuditEvents(actor, filter, { size: SIZE });
    return events.map(toAuditEventView);
  });
}
