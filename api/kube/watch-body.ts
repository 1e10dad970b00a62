import type { Watch } from "@/domain/tokens/watch";
import type { WatchEvent } from "@/domain/tokens/watch-events";
import { API_VERSION, toResource } from "./resource";
import { toStatus } from "./status";
import { type TableForm, toTable } from "./table";

/** The text of a watch: one line of JSON for each event, with a table of one row if asked for. */
export async function* watchBody(watch: Watch, table: TableForm | null): AsyncGenerator<string> {
  for await (const events of watch.parts) {
    yield events
      .map((event) => `${JSON.stringify({ type: event.type, object: toObject(event, table) })}\n`)
      .join("");
  }
}

function toObject(event: WatchEvent, table: TableForm | null) {
  switch (event.type) {
    case "ERROR":
      return toStatus(event.error);
    case "BOOKMARK": {
      const metadata = toBookmark(event);
      if (table) return toTable([], table, { now: new Date(), metadata });
      return { apiVersion: API_VERSION, kind: "Token", metadata };
    }
    default: {
      const { token } = event;
      const metadata = { resourceVersion: token.resourceVersion };
      return table ? toTable([token], table, { now: new Date(), metadata }) : toResource(token);
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
