import type { NextRequest } from "next/server";
import { listRoute } from "@/app/list-route";
import { toFindingView } from "@/components/inventory/finding-view";
import { tokenFindings } from "@/domain/tokens/findings";

/** What stands out among everybody's tokens. */
export function GET(request: NextRequest): Promise<Response> {
  return listRoute(request, "all", async (actor) => {
    const findings = await tokenFindings(actor);
    return findings.map((finding) => toFindingView("/admin/tokens", finding));
  });
}
