import type { ApiGroup } from "../discovery/groups";
import { VERSION } from "../discovery/version";
import { type Operation, toOperations, toPaths } from "./operations";
import { schemaName, toSchemas } from "./schemas";

type Json = Record<string, unknown>;

const PREFIX = "#/definitions/";

/** The Swagger 2.0 document of everything, for clients older than Kubernetes 1.27. */
export function toSwagger(groups: readonly ApiGroup[]) {
  const operations = groups.flatMap(toOperations);
  return {
    swagger: "2.0",
    info: { title: "Latchkey", version: VERSION.gitVersion },
    paths: toPaths(operations, toPathItem),
    definitions: Object.fromEntries(
      Object.entries(toSchemas(groups, PREFIX)).map(([name, schema]) => [name, toOlder(schema)]),
    ),
  };
}

function toPathItem(operation: Operation) {
  const { answers, consumes, method, parameters } = operation;
  const schema = answers ? { $ref: PREFIX + schemaName(answers) } : { type: "object" };
  const bodySchema = method === "patch" ? { type: "object" } : schema;
  const body = { name: "body", in: "body", required: true, schema: bodySchema };
  return {
    description: operation.description,
    operationId: operation.id,
    consumes,
    produces: ["application/json"],
    parameters: [
      ...parameters.map((parameter) => ({ ...parameter, required: parameter.in === "path" })),
      ...(consumes.length > 0 ? [body] : []),
    ],
    responses: { [method === "post" ? 201 : 200]: { description: "OK", schema } },
    "x-kubernetes-action": operation.action,
    "x-kubernetes-group-version-kind": operation.kind,
  };
}

// Swagger 2.0 has neither nullable nor writeOnly, and a description stands beside a reference.
function toOlder(schema: unknown): Json {
  const { nullable: _null, writeOnly: _write, allOf, ...other } = schema as Json;
  const { properties, additionalProperties, items, ...rest } = other;
  const [reference] = Array.isArray(allOf) ? allOf : [];
  return {
    ...rest,
    ...(reference ? (reference as Json) : {}),
    ...(properties ? { properties: mapValues(properties as Json, toOlder) } : {}),
    ...(items ? { items: toOlder(items) } : {}),
    ...(additionalProperties ? { additionalProperties: toOlder(additionalProperties) } : {}),
  };
}

function mapValues(object: Json, change: (value: unknown) => Json): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
