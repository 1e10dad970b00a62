import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { isFeedCurrent } from "@/db/change-feed";
import { followChanges } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { anOwner, aToken } from "../testing/owners";
import { disableUser } from "../testing/situations";
import { updateToken } from "./update";
import { type WatchRequest, watchTokens } from "./watch";

const REQUEST: WatchRequest = {
  selection: [],
  after: undefined,
  withState: false,
  tellsInitialEnd: false,
  hasBookmarks: false,
  bookmarkEveryMs: 60_000,
  timeoutMs: 20_000,
};

beforeAll(async () => {
  await followChanges();
  await vi.waitUntil(isFeedCurrent, { timeout: 5_000, interval: 1 });
  // Watches that begin later share its reader, which has looked at everybody just now.
  await watchTokens(await aWatcher(), REQUEST);
});

async function aWatcher(): Promise<UserActor> {
  const actor = await anOwner();
  const { name, token } = await aToken(actor);
  return { ...actor, tokenName: name, tokenExpiresAt: token.expiresAt };
}

/** How long a watch takes to end. */
async function endMsOf({ parts }: Awaited<ReturnType<typeof watchTokens>>): Promise<number> {
  const startedMs = performance.now();
  for await (const _ of parts);
  return performance.now() - startedMs;
}

test("a watch whose user was disabled after the check and before it began ends at once", async () => {
  const actor = await aWatcher();
  await disableUser(actor);
  await sleep(300);
  expect(await endMsOf(await watchTokens(actor, REQUEST))).toBeLessThan(1_000);
});

test("a watch ends with its token, also when that was shortened meanwhile", async () => {
  const actor = await aWatcher();
  const { name, token } = await aToken(actor);
  const watcher = { ...actor, tokenName: name, tokenExpiresAt: token.expiresAt };
  const watch = await watchTokens(watcher, REQUEST);
  await updateToken(actor, name, { ttlMs: Date.now() - token.createdAt.getTime() + 1_000 });
  const endMs = await endMsOf(watch);
  expect(endMs).toBeGreaterThan(500);
  expect(endMs).toBeLessThan(2_000);
});

test("a watch does not end early because the clock of this machine is ahead", async () => {
  const actor = await aWatcher();
  const realNow = Date.now.bind(Date);
  const clock = vi.spyOn(Date, "now").mockImplementation(() => realNow() + 365 * 86_400_000);
  try {
    const watch = await watchTokens(actor, { ...REQUEST, timeoutMs: 1_000 });
    expect(await endMsOf(watch)).toBeGreaterThan(900);
  } finally {
    clock.mockRestore();
  }
});
