import { hasRoomForChange } from "@/db/client";
import { DomainError } from "./errors";

/** The one answer to whatever would change something while as many changes wait as may. */
export const NO_ROOM = new DomainError(
  "unavailable",
  "Too many changes wait for their turn. Try again in a moment.",
  { retryAfterMs: 1_000 },
);

/**
 * Whether a change may still wait for its turn: known before anything is read for it, which would only
 * take from those that wait. Where not, NO_ROOM is the answer.
 */
export function hasRoom(): boolean {
  return hasRoomForChange();
}
