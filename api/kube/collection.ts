import type { Context } from "hono";
import { listCollection } from "@/domain/tokens/list-collection";
import { watchTokens } from "@/domain/tokens/watch";
import type { ApiEnvironment } from "../require-bearer";
import { streamOf } from "../stream";
import { listBody } from "./list-body";
import { toFlag, toListRequest } from "./list-request";
import { watchBody } from "./watch-body";
import { toWatchRequest } from "./watch-request";

const JSON_HEADERS = { "Content-Type": "application/json" };

/** GET of the collection: a list, or with `watch=true` its changes, one line of JSON each. */
export async function getCollection(context: Context<ApiEnvironment>): Promise<Response> {
  const { actor } = context.var;
  if (toFlag(context, "watch")) {
    const watch = await watchTokens(actor, toWatchRequest(context));
    return context.body(streamOf(watchBody(watch), watch.close), 200, JSON_HEADERS);
  }
  const collection = await listCollection(actor, toListRequest(context));
  return context.body(streamOf(listBody(collection)), 200, JSON_HEADERS);
}
