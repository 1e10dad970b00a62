import type { Watch } from "@/domain/tokens/watch";
import type { WatchEvent } from "@/domain/tokens/watch-events";
import { API_VERSION, toResource } from "./resource";
import { toStatus } from "./status";

/** The text of a watch: one line of JSON for each event. */
export async function* watchBody(watch: Watch): AsyncGenerator<string> {
  for await (const events of watch.parts) {
    yield events.map((event) => `${JSON.stringify(toWatchEvent(event))}\n`).join("");
  }
}

function toWatchEvent(event: WatchEvent) {
  switch (event.type) {
    case "BOOKMARK":
      return { type: event.type, object: toBookmark(event) };
    case "ERROR":
      return { type: event.type, object: toStatus(event.error) };
    default:
      return { type: event.type, object: toResource(event.token) };
  }
}

function toBookmark({ resourceVersion, isInitialEnd }: WatchEvent & { type: "BOOKMARK" }) {
  const annotations = { "k8s.io/initial-events-end": "true" };
  return {
    apiVersion: API_VERSION,
    kind: "Token",
    metadata: {
      resourceVersion,
      creationTimestamp: null,
      ...(isInitialEnd ? { annotations } : {}),
    },
  };
}
