import type { NextRequest } from "next/server";
import { adminDownload } from "@/app/download";
import { spanText } from "@/components/time";
import { type Columns, toFile } from "@/domain/exports/file";
import { listShortenedTo, type ShortenedToken } from "@/domain/settings/list-shortened";

const COLUMNS: Columns<ShortenedToken> = {
  Token: (token) => token.name,
  Owner: (token) => token.ownerName,
  Kind: (token) => token.kind,
  Description: (token) => token.description,
  Created: (token) => token.createdAt,
  "Lifetime before": (token) => lifetime(token.ttlMsBefore),
  "Lifetime after": (token) => lifetime(token.ttlMsAfter),
  "Expired before": (token) => expiry(token, token.ttlMsBefore),
  "Expires after": (token) => expiry(token, token.ttlMsAfter),
  Shortened: (token) => token.at,
  "Shortened by": (token) => token.actorName,
};

/** What was shortened to a maximum since it got the value in force, as a file. */
export function GET(
  _request: NextRequest,
  { params }: RouteContext<"/admin/settings/[name]/shortened">,
): Promise<Response> {
  return adminDownload(async (actor) => {
    const { name } = await params;
    const parts = await listShortenedTo(actor, name);
    return toFile({ words: [name, "shortened"], format: "csv", columns: COLUMNS, parts });
  });
}

function lifetime(ttlMs: number): string {
  return ttlMs < 0 ? "infinite" : spanText(ttlMs);
}

// Of what is deleted since, nobody knows any more when it was created.
function expiry({ createdAt }: ShortenedToken, ttlMs: number): Date | null {
  return createdAt === null || ttlMs < 0 ? null : new Date(createdAt.getTime() + ttlMs);
}
