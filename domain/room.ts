import { hasRoomForChange } from "@/db/client";
import { DomainError } from "./errors";

/**
 * The refusal of whatever would change something, while as many changes wait as may (unavailable):
 * known before anything is read for it, which would only take from those that wait.
 */
export function refusalOfChanges(): DomainError | undefined {
  if (hasRoomForChange()) return undefined;
  const message = "Too many changes wait for their turn. Try again in a moment.";
  return new DomainError("unavailable", message, { retryAfterMs: 1_000 });
}
