import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import { DEPTH_MAX, isTooDeep, opensTooDeep } from "./depth";
import { duplicateNames } from "./duplicate-names";
import { reportFields, unknownFields } from "./field-validation";
import { type ApiResource, apiVersionOf, type KindBody } from "./kind";
import { UnsupportedMediaType } from "./transport-errors";
import { parseYaml } from "./yaml-body";

const SHOWN_LENGTH_MAX = 200;
const YAML_TYPE = "application/yaml";

type Json = Record<string, unknown>;

export interface Body<Value = Json> {
  value: Value;
  mediaType: string;
  /** The paths of fields that it has twice; the last one counts. */
  duplicates: readonly string[];
}

/** What reads bodies of a media type that is neither JSON nor YAML. */
type Parsers = Record<string, (bytes: Uint8Array) => unknown>;

/**
 * What a request body holds, read as JSON or, where `application/yaml` is allowed and sent, as YAML.
 * Refuses other media types (UnsupportedMediaType) and what is malformed or too deep (badRequest).
 */
export async function readBody(
  context: Context,
  mediaTypes: readonly string[],
  parsers: Parsers = {},
): Promise<Body<unknown>> {
  const header = context.req.header("content-type") ?? "application/json";
  const mediaType = (header.split(";")[0] ?? "").trim().toLowerCase();
  const encoding = context.req.header("content-encoding") ?? "identity";
  if (!mediaTypes.includes(mediaType) || encoding.toLowerCase() !== "identity") {
    throw new UnsupportedMediaType(mediaTypes);
  }
  const bytes = await context.req.arrayBuffer();
  const parsed = parse(bytes, mediaType, parsers);
  // What follows walks the value by recursion.
  if (isTooDeep(parsed.value)) throw tooDeep();
  return { value: parsed.value, mediaType, duplicates: parsed.findDuplicates() };
}

/** The object of a request body, as readBody reads it; refuses all else (badRequest). */
export async function readObject(
  context: Context,
  mediaTypes: readonly string[],
  parsers: Parsers = {},
): Promise<Body> {
  return requireObject(await readBody(context, mediaTypes, parsers));
}

/** The same body as one that holds an object; refuses one that does not (badRequest). */
export function requireObject(body: Body<unknown>): Body {
  const { value } = body;
  if (isObject(value)) return { ...body, value };
  const format = body.mediaType === YAML_TYPE ? "YAML" : "JSON";
  throw new DomainError("badRequest", `the request body must be a ${format} object`);
}

/** The JSON object of a request; refuses other media types and other JSON, as readBody does. */
export async function readJson(context: Context, mediaTypes: readonly string[]): Promise<Json> {
  return (await readObject(context, mediaTypes)).value;
}

/**
 * The object of a kind in a request body. Refuses another kind or version, and metadata that is no
 * object; unknown and duplicate fields are refused, warned of or dropped as `fieldValidation` asks.
 */
export function toKindBody(
  context: Context,
  kind: ApiResource & { group: string; version: string },
  { value, duplicates }: Pick<Body, "value" | "duplicates">,
): KindBody {
  requireKind(value, apiVersionOf(kind), kind.kind);
  const body = { ...value, metadata: part("metadata", value.metadata) };
  reportFields(context, { unknown: unknownFields(kind.schema, value), duplicates });
  return body;
}

/** Refuses a body that says it is of another kind or version (badRequest); it may say nothing. */
export function requireKind(value: Json, apiVersion: string, kind: string): void {
  const found = { apiVersion: value.apiVersion ?? apiVersion, kind: value.kind ?? kind };
  if (found.apiVersion === apiVersion && found.kind === kind) return;
  throw new DomainError(
    "badRequest",
    `the body must be ${apiVersion}, Kind=${kind}, not ${shown(found.apiVersion)}, Kind=${shown(found.kind)}`,
  );
}

/** A part of a body that is an object, empty when absent. Refuses anything else (badRequest). */
export function part(name: string, value: unknown): Json {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw new DomainError("badRequest", `${name} must be an object`);
}

function parse(bytes: ArrayBuffer, mediaType: string, parsers: Parsers) {
  const own = parsers[mediaType];
  if (own) return { value: own(new Uint8Array(bytes)), findDuplicates: () => [] };
  return mediaType === YAML_TYPE ? parseYaml(decode(bytes, "YAML")) : parseJson(bytes);
}

function parseJson(bytes: ArrayBuffer) {
  const text = decode(bytes, "JSON");
  if (opensTooDeep(text)) throw tooDeep();
  try {
    const value: unknown = JSON.parse(text);
    return { value, findDuplicates: () => duplicateNames(text) };
  } catch {
    throw new DomainError("badRequest", "the request body is not valid JSON");
  }
}

function tooDeep(): DomainError {
  return new DomainError("badRequest", `the request body must have at most ${DEPTH_MAX} levels`);
}

function decode(bytes: ArrayBuffer, format: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError("badRequest", `the request body is not valid ${format}`);
  }
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.slice(0, SHOWN_LENGTH_MAX);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
