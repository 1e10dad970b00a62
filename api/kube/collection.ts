import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import { begunStreamOf, streamOf } from "@/domain/exports/stream";
import { deleteCollection } from "@/domain/tokens/delete-collection";
import { listCollection } from "@/domain/tokens/list-collection";
import { watchTokens } from "@/domain/tokens/watch";
import type { ApiEnvironment } from "../require-bearer";
import { readDeleteOptions } from "./delete-options";
import { listBody } from "./list-body";
import { toFlag, toListRequest } from "./list-request";
import { negotiate, PLAIN_JSON } from "./negotiate";
import { requestedTable } from "./table";
import { TOKENS } from "./token-kind";
import { toSelection } from "./token-selection";
import { watchBody } from "./watch-body";
import { toWatchRequest } from "./watch-request";

const JSON_HEADERS = { "Content-Type": "application/json" };

/** GET of the collection: a list, or with `watch=true` its changes, one line of JSON each. */
export async function getCollection(context: Context<ApiEnvironment>): Promise<Response> {
  const table = requestedTable(context);
  const { actor } = context.var;
  if (toFlag(context, "watch")) {
    const watch = await watchTokens(actor, toWatchRequest(context));
    return context.body(
      streamOf(watchBody(watch, table), { close: watch.close }),
      200,
      JSON_HEADERS,
    );
  }
  const collection = await listCollection(actor, {
    ...toListRequest(context),
    selection: toSelection(context),
  });
  return context.body(await begunStreamOf(listBody(TOKENS, collection, table)), 200, JSON_HEADERS);
}

/** DELETE of the collection: what the selectors select, and how many it was. */
export async function deleteSelected(context: Context<ApiEnvironment>): Promise<Response> {
  negotiate(context, [PLAIN_JSON]);
  const { dryRun, preconditions } = await readDeleteOptions(context);
  if (Object.keys(preconditions).length > 0) {
    throw new DomainError("badRequest", "preconditions are about one object, not a collection");
  }
  const { limit, after } = toListRequest(context);
  if (after) throw new DomainError("badRequest", "continue is not supported here");
  const isCancelled = () => context.req.raw.signal.aborted;
  const request = { selection: toSelection(context), limit, dryRun, isCancelled };
  const count = await deleteCollection(context.var.actor, request);
  return context.json({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    message: `${count} tokens ${dryRun ? "would be deleted (dry run)" : "deleted"}`,
    details: { group: TOKENS.group, kind: TOKENS.name },
  });
}
