import { transaction } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { lockLongExpired } from "@/db/tokens";
import type { SystemActor } from "../actor";
import { currentSettings } from "../settings/settings";
import { removeTokens } from "./remove-tokens";

const INTERVAL_MS = 10 * 60_000;
const BATCH_SIZE = 200;

const RETENTION: SystemActor = {
  kind: "system",
  username: "system:retention",
  origin: { requestId: null, address: null, userAgent: null },
};

const state = processWide("token-purge", () => ({
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Starts removing tokens that expired longer ago than token-retention-days, every ten minutes. */
export function startPurgingTokens(): void {
  state.timer ??= setInterval(() => {
    // What fails is tried again ten minutes later.
    purgeExpired().catch(() => undefined);
  }, INTERVAL_MS).unref();
}

/** Removes them now, each with its event, in short transactions. Returns how many. */
export async function purgeExpired(): Promise<number> {
  let purged = 0;
  for (;;) {
    const names = await transaction(async (tx) => {
      const { tokenRetentionDays: days } = await currentSettings(tx);
      const ids = await lockLongExpired(tx, { days, limit: BATCH_SIZE });
      return removeTokens(tx, RETENTION, ids, "expired longer ago than token-retention-days");
    });
    purged += names.length;
    if (names.length < BATCH_SIZE) return purged;
  }
}
