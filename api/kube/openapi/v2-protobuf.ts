import { type Field, flag, message, text } from "./protobuf";

type Json = Record<string, unknown>;

/**
 * A Swagger 2.0 document as the protobuf message openapi.v2.Document of google/gnostic, the one form
 * in which clients older than Kubernetes 1.27 read it. Carries what they use: types, descriptions,
 * references, parameters and extensions; the numbers are those of OpenAPIv2.proto.
 */
export function toProtobuf(document: Json): Buffer {
  const info = asJson(document.info);
  return Buffer.concat([
    text(1, asText(document.swagger)),
    message(2, text(1, asText(info.title)), text(2, asText(info.version))),
    message(8, ...named(2, document.paths, toPathItem)),
    message(9, ...named(1, document.definitions, toSchema)),
  ]);
}

function toPathItem(item: Json): Field[] {
  const numbers = { get: 2, put: 3, post: 4, delete: 5, patch: 8 };
  return Object.entries(numbers).flatMap(([method, number]) =>
    item[method] ? [message(number, ...toOperation(asJson(item[method])))] : [],
  );
}

function toOperation(operation: Json): Field[] {
  return [
    text(3, asText(operation.description)),
    text(5, asText(operation.operationId)),
    ...asTexts(operation.produces).map((mediaType) => text(6, mediaType)),
    ...asTexts(operation.consumes).map((mediaType) => text(7, mediaType)),
    ...(operation.parameters as Json[]).map((parameter) =>
      message(8, message(1, toParameter(parameter))),
    ),
    message(
      9,
      ...named(1, operation.responses, (response) => [
        message(1, text(1, asText(response.description)), toResponseSchema(response.schema)),
      ]),
    ),
    ...extensions(13, operation),
  ];
}

function toResponseSchema(schema: unknown): Field {
  return message(2, message(1, ...toSchema(asJson(schema))));
}

function toParameter(parameter: Json): Field {
  const { name, description, in: place, type, required } = parameter;
  if (place === "body") {
    return message(
      1,
      text(1, asText(description)),
      text(2, asText(name)),
      text(3, "body"),
      flag(4, required === true),
      message(5, ...toSchema(asJson(parameter.schema))),
    );
  }
  const common = [
    flag(1, required === true),
    text(2, asText(place)),
    text(3, asText(description)),
    text(4, asText(name)),
  ];
  const isPath = place === "path";
  return message(2, message(isPath ? 4 : 3, ...common, text(isPath ? 5 : 6, asText(type))));
}

function toSchema(schema: Json): Field[] {
  const { additionalProperties, items, properties, type } = schema;
  return [
    text(1, asText(schema.$ref)),
    text(2, asText(schema.format)),
    text(4, asText(schema.description)),
    ...asTexts(schema.required).map((name) => text(19, name)),
    ...(additionalProperties
      ? [message(21, message(1, ...toSchema(asJson(additionalProperties))))]
      : []),
    ...(type ? [message(22, text(1, asText(type)))] : []),
    ...(items ? [message(23, message(1, ...toSchema(asJson(items))))] : []),
    ...(properties ? [message(25, ...named(1, properties, toSchema))] : []),
    ...extensions(31, schema),
  ];
}

// Extensions are carried as YAML, of which JSON is a part.
function extensions(number: number, owner: Json): Field[] {
  return Object.entries(owner)
    .filter(([name]) => name.startsWith("x-"))
    .map(([name, value]) =>
      message(number, text(1, name), message(2, text(2, JSON.stringify(value)))),
    );
}

function named(number: number, map: unknown, encode: (value: Json) => Field[]): Field[] {
  return Object.entries(asJson(map)).map(([name, value]) =>
    message(number, text(1, name), message(2, ...encode(asJson(value)))),
  );
}

function asJson(value: unknown): Json {
  return (value ?? {}) as Json;
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function asTexts(value: unknown): string[] {
  return (value ?? []) as string[];
}
