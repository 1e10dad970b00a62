import type { ApiGroup } from "../discovery/groups";
import { VERSION } from "../discovery/version";
import { type Operation, type Parameter, toOperations, toPaths } from "./operations";
import { schemaName, toSchemas } from "./schemas";

const PREFIX = "#/components/schemas/";

/** The OpenAPI 3.0 document of one group and version, as `kubectl explain` and `create` read it. */
export function toOpenApiV3(group: ApiGroup) {
  const operations = toOperations(group);
  return {
    openapi: "3.0.0",
    info: { title: "Latchkey", version: VERSION.gitVersion },
    paths: toPaths(operations, toPathItem),
    components: {
      schemas: toSchemas([group], PREFIX),
      securitySchemes: { BearerToken: { type: "http", scheme: "bearer" } },
    },
    security: [{ BearerToken: [] }],
  };
}

function toPathItem(operation: Operation) {
  const { answers, consumes, method } = operation;
  const schema = answers ? { $ref: PREFIX + schemaName(answers) } : { type: "object" };
  const body = method === "patch" ? { type: "object" } : schema;
  const content = Object.fromEntries(consumes.map((mediaType) => [mediaType, { schema: body }]));
  return {
    description: operation.description,
    operationId: operation.id,
    parameters: operation.parameters.map(toParameter),
    ...(consumes.length > 0 ? { requestBody: { content, required: true } } : {}),
    responses: {
      [method === "post" ? 201 : 200]: {
        description: "OK",
        content: { "application/json": { schema } },
      },
      401: { description: "Unauthorized" },
    },
    "x-kubernetes-action": operation.action,
    "x-kubernetes-group-version-kind": operation.kind,
  };
}

function toParameter({ type, ...parameter }: Parameter) {
  const required = parameter.in === "path" ? { required: true } : {};
  return { ...parameter, ...required, schema: { type, uniqueItems: true } };
}
