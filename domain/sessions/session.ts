import type { ListedSession } from "@/db/session-list";

/** What may leave the server of a sign-in. */
export interface Session {
  /** The name of its token. */
  name: string;
  ownerName: string;
  startedAt: Date;
  lastSeenAt: Date | null;
  /** Its absolute end; null is never. */
  endsAt: Date | null;
  /** Of its last request. */
  address: string | null;
  userAgent: string | null;
  /** Whether this sign-in made the request. */
  current: boolean;
}

type Stored = Omit<ListedSession, "id" | "ownerId" | "position" | "readAt">;

export function toSession(row: Stored, currentTokenName: string): Session {
  return {
    name: row.name,
    ownerName: row.ownerName,
    startedAt: row.createdAt,
    lastSeenAt: row.lastUsedAt,
    endsAt: row.expiresAt,
    address: row.lastUsedAddress,
    userAgent: row.lastUsedUserAgent,
    current: row.name === currentTokenName,
  };
}
