import { query } from "@/db/client";
import { countAffected } from "@/db/setting-effects";
import type { Actor } from "../actor";
import { MAXIMA, type MaximumName, ttlMsOf } from "./affected";
import { requireSettingsReader } from "./policy";
import { COUNT_MAX } from "./preview";
import type { Setting } from "./setting";

/** How many tokens and sign-ins live longer than each of these maxima, COUNT_MAX at most. For admins. */
export async function countLongerLived(
  actor: Actor,
  settings: readonly Setting[],
): Promise<Map<string, number>> {
  requireSettingsReader(actor);
  const names = Object.keys(MAXIMA) as MaximumName[];
  const counts = await Promise.all(
    names.map(async (name) => {
      const value = settings.find((setting) => setting.name === name)?.value;
      const ttlMs = value === undefined ? null : ttlMsOf(value);
      if (ttlMs === null) return [name, 0] as const;
      const affected = { kind: "longer-lived", of: MAXIMA[name], ttlMs } as const;
      const { count } = await query((db) => countAffected(db, affected, COUNT_MAX));
      return [name, count] as const;
    }),
  );
  return new Map(counts);
}
