import type { ChangeBounds } from "@/db/token-collection";
import { historyExpired } from "../collection";

/** Refuses a version whose changes are forgotten, and one of the future, as of another database. */
export function requireRemembered(version: number, { floor, head }: ChangeBounds): void {
  if (version < floor || version > head) throw historyExpired();
}
