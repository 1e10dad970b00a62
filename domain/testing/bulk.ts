import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { previewBulk } from "../bulk/preview";
import { bulkResult } from "../bulk/result";
import { runSlice } from "../bulk/run";
import { startBulk } from "../bulk/start";

type Wanted = Record<string, unknown>;

/** Looks at a bulk action and starts it; `meanwhile` happens between the two. */
export async function started(
  actor: UserActor,
  wanted: Wanted,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<string> {
  const { reason = "for a test", ...selection } = { scope: "own", ...wanted };
  const { asOfSeq } = await previewBulk(actor, selection);
  await meanwhile();
  return startBulk(actor, { ...selection, reason, asOfSeq });
}

/** Works until nothing waits any more. */
export async function runAll(): Promise<void> {
  while (await runSlice());
}

/** Starts it, carries it out and tells what became of each token. */
export async function carriedOut(
  actor: UserActor,
  wanted: Wanted,
  meanwhile?: () => Promise<unknown>,
): Promise<Record<string, string>> {
  const id = await started(actor, wanted, meanwhile);
  await runAll();
  return outcomesOf(actor, id);
}

/** "changed", why it was skipped, or "waits", by the names of the tokens. */
export async function outcomesOf(actor: UserActor, id: string): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for await (const part of await bulkResult(actor, id)) {
    for (const { tokenName, outcome, why } of part) outcomes[tokenName] = why ?? outcome ?? "waits";
  }
  return outcomes;
}

/** Whoever has taken a job does not say any more that they work on it. */
export async function letLeasesEnd(): Promise<void> {
  await asDatabaseOwner((sql) => sql`update bulk_jobs set lease_until = now()`);
}
