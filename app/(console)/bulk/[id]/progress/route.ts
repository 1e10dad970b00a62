import type { NextRequest } from "next/server";
import { jsonRoute } from "@/app/json-route";
import type { JobProgress } from "@/components/bulk/job-view";
import { getBulk } from "@/domain/bulk/get";

/** How far a bulk action has come, for its page while that is open. */
export function GET(
  _request: NextRequest,
  { params }: RouteContext<"/bulk/[id]/progress">,
): Promise<Response> {
  return jsonRoute(async (actor): Promise<JobProgress> => {
    const job = await getBulk(actor, (await params).id);
    const { state, total, changed, skipped, problem, isWaiting } = job;
    return { state, total, changed, skipped, problem, isWaiting };
  });
}
