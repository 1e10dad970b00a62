import fc from "fast-check";
import { hostileBytes, hostileText, hostileValue } from "./hostile";
import { isObject, toText } from "./json-text";
import { mutated } from "./mutation";
import type { Operation } from "./operations";
import { type Schema, valuesOf } from "./schema-values";

/** Bodies for an operation: right by its schema, with one thing wrong, hostile, or none. */
export function bodiesOf({ body, mediaTypes }: Operation, schemas: Record<string, Schema>) {
  if (mediaTypes.some((type) => type.includes("form-urlencoded"))) return formBody();
  const right = fc
    .tuple(valuesOf(body ?? {}, schemas), fc.nat({ max: 5 }))
    .map(([value, at]) => (at === 0 ? value : withoutIdentity(value)));
  const json = fc.oneof(
    { weight: 3, arbitrary: right },
    { weight: 4, arbitrary: mutated(right) },
    { weight: 1, arbitrary: hostileValue },
  );
  const patch = fc.array(
    fc.record({
      op: fc.constantFrom("add", "remove", "replace", "move", "copy", "test"),
      path: fc.constantFrom("/spec/description", "/metadata/labels/a", "/spec", "", "/__proto__/x"),
      value: hostileValue,
    }),
    { maxLength: 3 },
  );
  return fc.nat({ max: 99 }).chain((at): fc.Arbitrary<string | Uint8Array | undefined> => {
    if (at >= (body ? 95 : 20)) return fc.constant(undefined);
    return fc.oneof(
      { weight: 8, arbitrary: json.map(toText) },
      { weight: 1, arbitrary: patch.map(toText) },
      { weight: 1, arbitrary: hostileBytes },
    );
  });
}

// A name or version of chance would be refused before anything else is looked at.
function withoutIdentity(value: unknown): unknown {
  if (!isObject(value) || !isObject(value.metadata)) return value;
  const { name: _, uid: __, resourceVersion: ___, ...metadata } = value.metadata;
  return { ...value, metadata };
}

function formBody(): fc.Arbitrary<string | Uint8Array> {
  const name = fc.oneof(fc.constantFrom("token", "token_type_hint"), hostileText);
  const pairs = fc.array(fc.tuple(name, hostileText), { maxLength: 4 });
  return fc.oneof(
    pairs.map((of) => new URLSearchParams(of).toString()),
    hostileBytes,
  );
}
