import type { NextRequest } from "next/server";
import type { UserActor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import type { ExportFile } from "@/domain/exports/file";
import type { ListScope } from "@/domain/tokens/conditions";
import { exportTokens } from "@/domain/tokens/export";
import { readTokenFilter } from "@/domain/tokens/filter";

/**
 * The tokens that the filter in an address selects, as a file. An address with anything that is not
 * understood is refused: a file of another list than the one that was seen would be believed.
 */
export function exportOf(
  request: NextRequest,
  actor: UserActor,
  scope: ListScope,
): Promise<ExportFile> {
  const params = request.nextUrl.searchParams;
  const { format = [], ...rest } = Object.fromEntries(
    [...new Set(params.keys())].map((name) => [name, params.getAll(name)]),
  );
  const { filter, notices } = readTokenFilter(rest);
  if (notices.length > 0) {
    const text = notices.map(({ message }) => message).join("\n");
    throw new DomainError("invalid", text);
  }
  return exportTokens(actor, filter, format[0] === "jsonl" ? "jsonl" : "csv", scope);
}
