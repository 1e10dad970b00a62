import type { NextRequest } from "next/server";
import { bulkRoute } from "@/app/bulk-route";
import { type CsvColumns, csvFileName, csvResponse } from "@/app/csv-response";
import { type BulkItem, bulkResult } from "@/domain/bulk/result";

const COLUMNS: CsvColumns<BulkItem> = {
  Token: (item) => item.tokenName,
  Owner: (item) => item.ownerName,
  Outcome: (item) => item.outcome ?? "not reached",
  Why: (item) => item.why,
};

/** What became of every token of a bulk action, as a file. */
export function GET(
  _request: NextRequest,
  { params }: RouteContext<"/bulk/[id]/result">,
): Promise<Response> {
  return bulkRoute(async (actor) => {
    const { id } = await params;
    return csvResponse(csvFileName("bulk", id), COLUMNS, await bulkResult(actor, id));
  });
}
