import type { Watch } from "@/domain/tokens/watch";
import type { WatchEvent } from "@/domain/tokens/watch-events";
import { inChunks } from "../chunks";
import { apiVersionOf } from "./kind";
import { toStatus } from "./status";
import { type TableForm, toTable } from "./table";
import { TOKENS } from "./token-kind";
import { toResource } from "./token-resource";

const SUBJECT = { group: TOKENS.group, resource: TOKENS, name: "" };

/** The text of a watch: one line of JSON for each event, with a table of one row if asked for. */
export async function* watchBody(watch: Watch, table: TableForm | null): AsyncGenerator<string> {
  function* linesOf(events: readonly WatchEvent[]): Generator<string> {
    for (const event of events) {
      yield `${JSON.stringify({ type: event.type, object: toObject(event, table) })}\n`;
    }
  }
  for await (const events of watch.parts) yield* inChunks(linesOf(events));
}

function toObject(event: WatchEvent, table: TableForm | null) {
  switch (event.type) {
    case "ERROR":
      return toStatus(event.error, SUBJECT);
    case "BOOKMARK": {
      const metadata = toBookmark(event);
      if (table) return toTable(TOKENS, [], table, { now: new Date(), metadata });
      return { apiVersion: apiVersionOf(TOKENS), kind: TOKENS.kind, metadata };
    }
    default: {
      const { token } = event;
      const metadata = { resourceVersion: token.resourceVersion };
      return table
        ? toTable(TOKENS, [token], table, { now: new Date(), metadata })
        : toResource(token);
    }
  }
}

function toBookmark({ resourceVersion, isInitialEnd }: WatchEvent & { type: "BOOKMARK" }) {
  const annotations = { "k8s.io/initial-events-end": "true" };
  return {
    resourceVersion,
    creationTimestamp: null,
    ...(isInitialEnd ? { annotations } : {}),
  };
}
