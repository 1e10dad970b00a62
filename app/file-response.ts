import type { ExportFile } from "@/domain/exports/file";
import { begunStreamOf } from "@/domain/exports/stream";

/**
 * A file as the answer to a browser: downloaded, sent as it is made, kept by nobody on its way.
 * What fails before its beginning is made is thrown.
 */
export async function fileResponse({ fileName, mediaType, chunks }: ExportFile): Promise<Response> {
  return new Response(await begunStreamOf(chunks), {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "no-store",
    },
  });
}
