import { hasRoomForChange } from "@/db/client";
import { DomainError } from "./errors";

/**
 * Refuses what would change something while too many changes wait (unavailable): before anything is
 * read for it, which would only take from those that wait.
 */
export function requireRoomForChange(): void {
  if (hasRoomForChange()) return;
  const message = "Too many changes wait for their turn. Try again in a moment.";
  throw new DomainError("unavailable", message, { retryAfterMs: 1_000 });
}
