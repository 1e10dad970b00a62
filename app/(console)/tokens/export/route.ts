import type { NextRequest } from "next/server";
import { download } from "@/app/download";
import { exportOf } from "@/app/token-export";

/** The own tokens that the page's filter selects, as a file. */
export function GET(request: NextRequest): Promise<Response> {
  return download((actor) => exportOf(request, actor, { ownOnly: true }));
}
