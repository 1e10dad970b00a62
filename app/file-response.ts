import type { ExportFile } from "@/domain/exports/file";
import { streamOf } from "@/domain/exports/stream";

/** A file as the answer to a browser: downloaded, sent as it is made, kept by nobody on its way. */
export function fileResponse({ fileName, mediaType, chunks }: ExportFile): Response {
  return new Response(streamOf(chunks), {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "no-store",
    },
  });
}
