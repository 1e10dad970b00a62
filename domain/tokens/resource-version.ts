import type { ChangeBounds } from "@/db/token-collection";
import { DomainError } from "../errors";

/** The refusal of a cursor or a version from which nothing can be continued: list again. */
export function historyExpired(): DomainError {
  return new DomainError(
    "expired",
    "The provided continue parameter or resource version is too old or not of this list.",
  );
}

/** Refuses a version whose changes are forgotten, and one of the future, as of another database. */
export function requireRemembered(version: number, { floor, head }: ChangeBounds): void {
  if (version < floor || version > head) throw historyExpired();
}
