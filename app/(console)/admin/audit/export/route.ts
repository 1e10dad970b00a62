import type { NextRequest } from "next/server";
import { auditRoute, paramsOf } from "@/app/audit-route";
import { exportAuditEvents } from "@/domain/audit/export";
import { parseAuditFilter } from "@/domain/audit/filter";

/** The events that the page's filter selects, as a file. */
export function GET(request: NextRequest): Promise<Response> {
  return auditRoute(async (actor) => {
    const { format, ...params } = paramsOf(request);
    const { filter } = parseAuditFilter(params);
    const { chunks, mediaType, fileName } = await exportAuditEvents(
      actor,
      filter,
      format === "jsonl" ? "jsonl" : "csv",
    );
    return new Response(streamOf(chunks), {
      headers: {
        "Content-Type": mediaType,
        "Content-Disposition": `attachment; filename="${fileName}"`,
      },
    });
  });
}

// Each chunk is made when the one before was taken.
function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
