import type { NextRequest } from "next/server";
import { bulkRoute } from "@/app/bulk-route";
import type { JobProgress } from "@/components/bulk/job-view";
import { getBulk } from "@/domain/bulk/get";

/** How far a bulk action has come, for its page while that is open. */
export function GET(
  _request: NextRequest,
  { params }: RouteContext<"/bulk/[id]/progress">,
): Promise<Response> {
  return bulkRoute(async (actor) => {
    const { state, total, changed, skipped, problem, isWaiting } = await getBulk(
      actor,
      (await params).id,
    );
    const progress: JobProgress = { state, total, changed, skipped, problem, isWaiting };
    return Response.json(progress);
  });
}
