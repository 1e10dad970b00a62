import type { NextRequest } from "next/server";
import { adminDownload } from "@/app/download";
import { exportOf } from "@/app/token-export";

/** The tokens of everybody that the page's filter selects, as a file. */
export function GET(request: NextRequest): Promise<Response> {
  return adminDownload((actor) => exportOf(request, actor, {}));
}
