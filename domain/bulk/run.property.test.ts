import fc from "fast-check";
import { expect, test } from "vitest";
import { auditEventsOf } from "@/db/testing/rows";
import type { UserActor } from "../actor";
import { outcomesOf, runAll, started } from "../testing/bulk";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { deleteToken } from "../tokens/delete";
import { updateToken } from "../tokens/update";
import { getBulk } from "./get";
import { runSlice } from "./run";

const HOUR_MS = 3_600_000;
const anAction = fc.constantFrom("disable", "enable", "delete", "extend", "shorten");
const aChange = fc.constantFrom("none", "disabled before", "edited", "deleted", "deleted late");

test("whatever happens meanwhile, each token has one outcome, and an event of the action exactly if it changed", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  await fc.assert(
    fc.asyncProperty(
      anAction,
      fc.array(aChange, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      async (action, changes, byFilter) => {
        const kind = `k${Math.random().toString(36).slice(2, 8)}`;
        const tokens = await Promise.all(
          changes.map(async (change) => ({
            change,
            ...(await aToken(owner, { kind, ttlMs: HOUR_MS })),
          })),
        );
        const during = async (wanted: string, work: (name: string) => Promise<unknown>) => {
          for (const { change, name } of tokens) if (change === wanted) await work(name);
        };
        await during("disabled before", (name) => updateToken(owner, name, { enabled: false }));
        const id = await started(
          admin,
          {
            scope: "all",
            action,
            ...(byFilter ? { query: `?kind=${kind}` } : { names: tokens.map(({ name }) => name) }),
            ...(action === "extend" || action === "shorten"
              ? { expiresAt: new Date(Date.now() + 2 * HOUR_MS * Math.random()).toISOString() }
              : {}),
          },
          async () => {
            await during("edited", (name) => updateToken(owner, name, { description: "mine" }));
            await during("deleted", (name) => deleteToken(owner, name));
          },
        );
        if (byFilter) await runSlice({ sliceMs: 0 });
        await during("deleted late", (name) => deleteToken(owner, name));
        await runAll();

        await expectOneOutcomeEach(admin, id, tokens);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

async function expectOneOutcomeEach(
  admin: UserActor,
  id: string,
  tokens: readonly { change: string; name: string }[],
): Promise<void> {
  const job = await getBulk(admin, id);
  const outcomes = await outcomesOf(admin, id);
  expect(job.state).toBe("done");
  expect(job.changed + job.skipped).toBe(job.total);
  expect(Object.keys(outcomes)).toHaveLength(job.total);
  const changed = Object.values(outcomes).filter((outcome) => outcome === "changed");
  expect(changed).toHaveLength(job.changed);
  for (const { change, name } of tokens) {
    const events = await auditEventsOf({ objectName: name });
    const isChanged = outcomes[name] === "changed";
    const ofAction = events.filter(({ requestId }) => requestId === id);
    expect(ofAction).toHaveLength(isChanged ? 1 : 0);
    const isTouched = ["edited", "deleted", "deleted late"].includes(change);
    expect(isTouched && isChanged).toBe(false);
  }
}
