import type { NextRequest } from "next/server";
import { auditRoute, paramsOf } from "@/app/audit-route";
import { toAuditEventView } from "@/components/audit/event-view";
import { parseAuditFilter } from "@/domain/audit/filter";
import { listAuditEvents } from "@/domain/audit/list";

const SIZE = 100;

/** The next events after a position, for the page that is live. */
export function GET(request: NextRequest): Promise<Response> {
  return auditRoute(async (actor) => {
    const { filter } = parseAuditFilter(paramsOf(request));
    const { events } = await listAuditEvents(actor, filter, { size: SIZE });
    return Response.json(events.map(toAuditEventView));
  });
}
