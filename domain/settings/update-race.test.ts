import { expect, test } from "vitest";
import { query } from "@/db/client";
import { clearSettings } from "@/db/testing/rows";
import { DomainError } from "../errors";
import { anAdmin } from "../testing/owners";
import { getSetting } from "./list";
import { currentSettings } from "./settings";
import { updateSetting } from "./update";

const IDLE = "auth-user-session-idle-ttl-minutes";
const TOTAL = "auth-user-session-ttl-minutes";

test("however changes meet, a sign-in may never be idle for longer than it lasts", async () => {
  const admin = await anAdmin();
  const refusals = new Set<string>();
  let changes = 0;
  for (let round = 0; round < 20; round += 1) {
    const work = Array.from({ length: 6 }, (_, at) =>
      updateSetting(admin, at % 2 ? IDLE : TOTAL, { value: String(1 + anyBelow(60)) }),
    );
    for (const settled of await Promise.allSettled(work)) {
      if (settled.status === "fulfilled") changes += 1;
      else refusals.add(codeOf(settled.reason));
    }
    const { sessionIdleMs, sessionTtlMs } = await query((db) => currentSettings(db));
    expect(sessionIdleMs).toBeLessThanOrEqual(sessionTtlMs);
  }
  expect([...refusals]).toEqual(["invalid"]);
  expect(changes).toBeGreaterThan(0);
  await clearSettings();
});

test("of ten changes of one version one is made", async () => {
  const admin = await anAdmin();
  await updateSetting(admin, "token-retention-days", { value: "20" });
  const { resourceVersion } = await getSetting(admin, "token-retention-days");
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, at) =>
      updateSetting(admin, "token-retention-days", { value: String(40 + at), resourceVersion }),
    ),
  );
  const codes = outcomes.map((outcome) =>
    outcome.status === "fulfilled" ? "done" : codeOf(outcome.reason),
  );
  expect(codes.sort()).toEqual([...Array.from({ length: 9 }, () => "conflict"), "done"]);
  await clearSettings();
});

function codeOf(error: unknown): string {
  return error instanceof DomainError ? error.code : String(error);
}

function anyBelow(end: number): number {
  return Math.floor(Math.random() * end);
}
