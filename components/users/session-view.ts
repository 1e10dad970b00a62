import type { TokenSummary } from "@/domain/tokens/token";
import { deviceOf } from "../sessions/device";

/** What a user's page shows of a sign-in. */
export interface SessionView {
  name: string;
  /** The browser or program; null for one that was never used. */
  client: string | null;
  address: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** The sign-in of the person who looks. */
  current: boolean;
}

export function toSessionView(session: TokenSummary): SessionView {
  return {
    name: session.name,
    client: session.lastUsedUserAgent === null ? null : deviceOf(session.lastUsedUserAgent).text,
    address: session.lastUsedAddress,
    createdAt: session.createdAt,
    lastUsedAt: session.lastUsedAt,
    expiresAt: session.expiresAt,
    current: session.current,
  };
}
