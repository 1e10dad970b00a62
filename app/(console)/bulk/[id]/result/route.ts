import type { NextRequest } from "next/server";
import { download } from "@/app/download";
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
  return download(async (actor) => {
    const { id } = await params;
    const parts = await bulkResult(actor, id);
    return toFile({ words: ["bulk", id], format: "csv", columns: COLUMNS, parts });
  });
}
