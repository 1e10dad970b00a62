import type { TokenCollection } from "@/domain/tokens/list-collection";
import { API_VERSION, toResource } from "./resource";

/** The text of a list, made part by part; its metadata comes last, when the next page is known. */
export async function* listBody(collection: TokenCollection): AsyncGenerator<string> {
  yield `{"apiVersion":${JSON.stringify(API_VERSION)},"kind":"TokenList","items":[`;
  let separator = "";
  for await (const tokens of collection.parts) {
    const items = tokens.map((token) => JSON.stringify(toResource(token)));
    yield separator + items.join(",");
    separator = ",";
  }
  const next = collection.next();
  const { resourceVersion } = collection;
  const metadata = { resourceVersion, ...(next === null ? {} : { continue: next }) };
  yield `],"metadata":${JSON.stringify(metadata)}}\n`;
}
