import { transaction } from "@/db/client";
import { lockCollection } from "@/db/token-collection";
import type { UserActor } from "../actor";
import { listCollection } from "./list-collection";
import { visibleOwner } from "./policy";
import { removeTokens } from "./remove-tokens";
import { requireWorking } from "./require-working";
import type { TokenSelection } from "./selection";

interface DeleteRequest {
  selection: TokenSelection;
  /** At most so many tokens; 0 is all of them. */
  limit: number;
  dryRun: boolean;
  /** Asked between two batches: whoever has gone away deletes no more. */
  isCancelled: () => boolean;
}

// One batch is one transaction, and holds the end of the audit chain for as long.
const BATCH_SIZE = 50;

/**
 * Deletes the tokens that the actor may see and the selection selects, in batches, each token with
 * its event, the actor's own token last; returns how many. A dry run counts and deletes nothing.
 * What was deleted before a failure stays deleted; it is one when the actor's token stops working.
 */
export async function deleteCollection(actor: UserActor, request: DeleteRequest): Promise<number> {
  if (request.dryRun) return count(actor, request);
  const total = request.limit === 0 ? Number.POSITIVE_INFINITY : request.limit;
  let deleted = 0;
  for (const isOwnTurn of [false, true]) {
    let afterName: string | undefined;
    while (deleted < total && !request.isCancelled()) {
      await requireWorking(actor);
      const limit = Math.min(BATCH_SIZE, total - deleted);
      const exceptName = isOwnTurn ? undefined : actor.tokenName;
      const wanted = { requirements: request.selection, afterName, exceptName, limit };
      const names = await removeBatch(actor, wanted);
      deleted += names.length;
      afterName = names.at(-1);
      if (names.length < limit) break;
    }
  }
  return deleted;
}

type Batch = Omit<Parameters<typeof lockCollection>[1], "ownerId">;

function removeBatch(actor: UserActor, batch: Batch): Promise<string[]> {
  return transaction(async (tx) => {
    const ids = await lockCollection(tx, { ...batch, ownerId: visibleOwner(actor) });
    return removeTokens(tx, actor, ids);
  });
}

async function count(actor: UserActor, { selection, limit }: DeleteRequest): Promise<number> {
  let counted = 0;
  const { parts } = await listCollection(actor, { selection, limit });
  for await (const tokens of parts) counted += tokens.length;
  return counted;
}
