import type { NextRequest } from "next/server";
import { bulkRoute } from "@/app/bulk-route";
import { fileResponse } from "@/app/file-response";
import { type BulkItem, bulkResult } from "@/domain/bulk/result";
import { type Columns, toFile } from "@/domain/exports/file";

const COLUMNS: Columns<BulkItem> = {
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
    const parts = await bulkResult(actor, id);
    return fileResponse(
      await toFile({ words: ["bulk", id], format: "csv", columns: COLUMNS, parts }),
    );
  });
}
