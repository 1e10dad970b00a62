import { findBrokenInvariants } from "@/db/testing/invariants";
import { disconnect, onDatabase, type Stored } from "./database";
import { expect } from "./fixtures";
import { type Latchkey, operate } from "./latchkey";
import { type Entry, findLost, findMisjudged } from "./ledger";
import { ADMINISTRATOR } from "./people";

const CHECKED = 40;

/**
 * What must hold after any fault: nothing acknowledged is lost, each change has its event, the trail
 * is whole, nothing secret is stored, somebody may administer, every token is judged as its owner
 * was told, and the processes never lost count of an error.
 */
export async function expectNothingBroken(
  stored: Stored,
  entries: readonly Entry[],
  processes: readonly Latchkey[],
): Promise<void> {
  await disconnect();
  expect(await findLost(stored, entries)).toEqual([]);
  const secrets = [ADMINISTRATOR.password, ...entries.slice(-5).map(({ bearer }) => bearer)];
  const broken = await findBrokenInvariants((read) => onDatabase(stored, read), secrets);
  expect(broken).toEqual([]);
  expect(await operate(stored, ["audit", "verify"])).toContain("The audit trail is whole");
  for (const latchkey of processes) {
    expect(await findMisjudged(latchkey, entries.slice(-CHECKED))).toEqual([]);
    expect((await fetch(`${latchkey.url}/readyz`)).status).toBe(200);
    expect(latchkey.output()).not.toMatch(/unhandled rejection|uncaught exception|request failed/);
  }
}
