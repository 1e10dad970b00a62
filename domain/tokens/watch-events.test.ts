import { expect, test } from "vitest";
import { Unavailable } from "@/db/errors";
import { anOwner } from "../testing/owners";
import { createBell } from "./bell";
import { watchEvents } from "./watch-events";

test("a watch whose state cannot be read to its end tells so as its last event", async () => {
  const actor = await anOwner();
  async function* state() {
    yield [];
    throw new Unavailable("ECONNRESET");
  }
  const bell = createBell();
  const events = watchEvents({
    follower: { actor, isEnded: false, wake: bell.ring },
    selection: [],
    at: 0,
    state: state(),
    tellsInitialEnd: true,
    hasBookmarks: false,
    bookmarkEveryMs: 1_000,
    timeoutMs: 5_000,
    bell,
  });
  const told = [];
  for await (const part of events) told.push(...part);
  expect(told).toMatchObject([{ type: "ERROR", error: { code: "unavailable" } }]);
});
