import { transaction } from "@/db/client";
import { lockView, storeDefaultView } from "@/db/saved-views";
import type { UserActor } from "../actor";
import { invalid } from "../errors";
import { parseInput } from "../parse";
import { requireViews, viewNotFound, viewScope } from "./policy";
import { viewId, viewList } from "./schema";

/** The actor's list opens with this view from now on; with null, as it is. */
export async function setDefaultView(actor: UserActor, list: unknown, id: unknown): Promise<void> {
  const parsed = parseInput(viewList, list);
  if (parsed.problems) throw invalid(parsed.problems);
  requireViews(actor, parsed.value);
  const number = viewId.nullable().safeParse(id);
  if (!number.success) throw viewNotFound();
  await transaction(async (tx) => {
    if (number.data !== null) {
      const view = await lockView(tx, number.data, viewScope(actor));
      if (view?.list !== parsed.value) throw viewNotFound();
    }
    await storeDefaultView(tx, actor.userId, parsed.value, number.data);
  });
}
