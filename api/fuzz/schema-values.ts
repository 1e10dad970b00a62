import fc from "fast-check";
import { hostileText } from "./hostile";

/** As much of a schema of OpenAPI 3.0 as the product's documents use. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  nullable?: boolean;
  pattern?: string;
  maxLength?: number;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
}

const DEPTH_MAX = 5;

/** Values that a schema of a document allows; `schemas` are those that it refers to. */
export function valuesOf(
  schema: Schema,
  schemas: Record<string, Schema>,
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (of: Schema) => valuesOf(of, schemas, depth + 1);
  if (depth > DEPTH_MAX) return fc.constant(null);
  if (schema.nullable) return fc.option(inner({ ...schema, nullable: false }), { freq: 8 });
  if (schema.$ref) return inner(schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {});
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map(inner));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "string":
      return texts(schema);
    case "integer":
      return fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, 1, -1, 60_000));
    case "number":
      return fc.double();
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(inner(schema.items ?? {}), { maxLength: 3 });
    case "object":
      return objects(schema, inner);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function texts({ format, maxLength, pattern }: Schema): fc.Arbitrary<string> {
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((at) => at.toISOString());
  if (maxLength === 0) return fc.constant("");
  const plain = fc.string({ unit: "grapheme", maxLength: Math.min(maxLength ?? 40, 40) });
  return pattern ? fc.oneof(fc.stringMatching(new RegExp(pattern)), plain) : plain;
}

function objects(
  schema: Schema,
  inner: (of: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const fields = Object.fromEntries([
    ...Object.entries(properties).map(([name, of]) => [name, inner(of)] as const),
    ...typesOf(schema),
  ]);
  const known = fc.record(fields, { requiredKeys: required, noNullPrototype: true });
  if (typeof additionalProperties !== "object") return known;
  const names = fc.oneof(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/), hostileText);
  return fc.dictionary(names, inner(additionalProperties), { maxKeys: 4, noNullPrototype: true });
}

// What an object says it is, which its document has beside the schema.
function typesOf(schema: Schema): [string, fc.Arbitrary<unknown>][] {
  const [known] = schema["x-kubernetes-group-version-kind"] ?? [];
  if (!known) return [];
  const { group, version, kind } = known;
  return [
    ["apiVersion", fc.constant(`${group}/${version}`)],
    ["kind", fc.constant(kind)],
  ];
}
