import type { NextRequest } from "next/server";
import { listRoute } from "@/app/list-route";
import { toFindingView } from "@/components/inventory/finding-view";
import { tokenFindings } from "@/domain/tokens/findings";

/** What stands out among one's own tokens. */
export function GET(request: NextRequest): Promise<Response> {
  return listRoute(request, "own", async (actor) => {
    const findings = await tokenFindings(actor, { ownOnly: true });
    return findings.map((finding) => toFindingView("/tokens", finding));
  });
}
