import type { NextRequest } from "next/server";
import { adminDownload } from "@/app/download";
import { spanText } from "@/components/time";
import { type Columns, toFile } from "@/domain/exports/file";
import {
  type AffectedToken,
  type LockedOutUser,
  listAffectedBy,
} from "@/domain/settings/list-affected";

const TOKENS: Columns<AffectedToken> = {
  Token: (token) => token.name,
  Owner: (token) => token.ownerName,
  Kind: (token) => token.kind,
  Description: (token) => token.description,
  Created: (token) => token.createdAt,
  Lifetime: (token) => (token.ttlMs < 0 ? "infinite" : spanText(token.ttlMs)),
  Expires: (token) => token.expiresAt,
  "Last used": (token) => token.lastUsedAt,
  "Would expire": (token) => token.wouldExpireAt,
  "Ends at once": (token) => (token.isEnding ? "yes" : "no"),
};

const USERS: Columns<LockedOutUser> = {
  Username: (user) => user.username,
  Name: (user) => user.displayName,
  Role: (user) => user.role,
};

/** The tokens or users that a setting's new value (`?value=`) would touch, as a file. */
export function GET(
  request: NextRequest,
  { params }: RouteContext<"/admin/settings/[name]/affected">,
): Promise<Response> {
  return adminDownload(async (actor) => {
    const { name } = await params;
    const value = request.nextUrl.searchParams.get("value");
    const list = await listAffectedBy(actor, name, { value });
    const file = { words: [name, value ?? "", "affected"], format: "csv" } as const;
    return list.of === "users"
      ? toFile({ ...file, columns: USERS, parts: list.parts })
      : toFile({ ...file, columns: TOKENS, parts: list.parts });
  });
}
