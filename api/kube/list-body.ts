import type { TokenCollection } from "@/domain/tokens/list-collection";
import { API_VERSION, toResource } from "./resource";
import { type TableForm, tableHead, toRow } from "./table";

/**
 * The text of a list or of its table, made part by part; the metadata comes last, when the next
 * page is known.
 */
export async function* listBody(
  collection: TokenCollection,
  table: TableForm | null,
): AsyncGenerator<string> {
  const now = new Date();
  const head = table ? tableHead(table) : { apiVersion: API_VERSION, kind: "TokenList" };
  yield `${JSON.stringify(head).slice(0, -1)},"${table ? "rows" : "items"}":[`;
  let separator = "";
  for await (const tokens of collection.parts) {
    const items = tokens.map((token) =>
      JSON.stringify(table ? toRow(token, table, now) : toResource(token)),
    );
    yield separator + items.join(",");
    separator = ",";
  }
  const next = collection.next();
  const { resourceVersion } = collection;
  const metadata = { resourceVersion, ...(next === null ? {} : { continue: next }) };
  yield `],"metadata":${JSON.stringify(metadata)}}\n`;
}
