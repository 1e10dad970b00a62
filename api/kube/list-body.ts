import type { Collection } from "@/domain/collection";
import { inChunks } from "../chunks";
import { apiVersionOf, type Kind } from "./kind";
import { type TableForm, tableHead, toRow } from "./table";

/**
 * The text of a list or of its table, made part by part; the metadata comes last, when the next
 * page is known.
 */
export async function* listBody<T>(
  kind: Kind<T>,
  collection: Collection<T>,
  table: TableForm | null,
): AsyncGenerator<string> {
  const now = new Date();
  const head = table
    ? tableHead(kind, table)
    : { apiVersion: apiVersionOf(kind), kind: `${kind.kind}List` };
  yield `${JSON.stringify(head).slice(0, -1)},"${table ? "rows" : "items"}":[`;
  let separator = "";
  function* itemsOf(objects: readonly T[]): Generator<string> {
    for (const object of objects) {
      const item = table ? toRow(kind, object, table, now) : kind.toResource(object);
      yield separator + JSON.stringify(item);
      separator = ",";
    }
  }
  for await (const objects of collection.parts) yield* inChunks(itemsOf(objects));
  const next = collection.next();
  const { resourceVersion } = collection;
  const metadata = { resourceVersion, ...(next === null ? {} : { continue: next }) };
  yield `],"metadata":${JSON.stringify(metadata)}}\n`;
}
