import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import { EXPORT_FORMATS, type ExportFile, type ExportFormat } from "@/domain/exports/file";
import { begunStreamOf } from "@/domain/exports/stream";

/** The format that a program asks for (badRequest), by default JSON lines, and its other parameters. */
export function readExportRequest(context: Context): {
  format: ExportFormat;
  params: Record<string, string[]>;
} {
  const { format: given = ["jsonl"], ...params } = context.req.queries();
  const format = EXPORT_FORMATS.find((known) => given.length === 1 && known === given[0]);
  if (!format) throw new DomainError("badRequest", "format must be csv or jsonl");
  return { format, params };
}

/** A file as the answer to a program, sent as it is made. */
export async function fileAnswer(context: Context, { fileName, mediaType, chunks }: ExportFile) {
  return context.body(await begunStreamOf(chunks), 200, {
    "Content-Type": mediaType,
    "Content-Disposition": `attachment; filename="${fileName}"`,
  });
}
