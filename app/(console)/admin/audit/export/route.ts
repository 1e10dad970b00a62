import type { NextRequest } from "next/server";
import { adminDownload } from "@/app/download";
import { exportAuditEvents } from "@/domain/audit/export";
import { parseAuditFilter } from "@/domain/audit/filter";

/** The events that the page's filter selects, as a file. */
export function GET(request: NextRequest): Promise<Response> {
  return adminDownload((actor) => {
    const { format, ...params } = Object.fromEntries(request.nextUrl.searchParams);
    const { filter } = parseAuditFilter(params);
    return exportAuditEvents(actor, filter, format === "jsonl" ? "jsonl" : "csv");
  });
}
