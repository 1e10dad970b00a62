import { setTimeout as delay } from "node:timers/promises";
import { query } from "@/db/client";
import { canWrite } from "@/db/probe";

const PROBE_DEADLINE_MS = 1_000;

/** Whether the database answered within a second that it takes writes. Never throws. */
export async function isReady(): Promise<boolean> {
  const probe = query((db) => canWrite(db)).catch(() => false);
  return Promise.race([probe, delay(PROBE_DEADLINE_MS, false, { ref: false })]);
}
