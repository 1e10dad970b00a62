import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import { API_VERSION, type ResourceBody } from "./resource";
import { UnsupportedMediaType } from "./transport-errors";

const KNOWN_FIELDS: Record<string, readonly string[]> = {
  "": ["apiVersion", "kind", "metadata", "spec", "status"],
  spec: ["userID", "userPrincipal", "kind", "description", "ttl", "enabled", "clusterName"],
  metadata: [
    ..."name generateName namespace uid resourceVersion generation creationTimestamp".split(" "),
    ..."deletionTimestamp deletionGracePeriodSeconds labels annotations".split(" "),
    ..."ownerReferences finalizers managedFields selfLink".split(" "),
  ],
};

const DEPTH_MAX = 64;
const WARNINGS_MAX = 10;
const SHOWN_LENGTH_MAX = 200;

type Json = Record<string, unknown>;

/** The JSON object of a request; refuses other media types (415) and other JSON (badRequest). */
export async function readJson(context: Context, mediaTypes: readonly string[]): Promise<Json> {
  const [mediaType = ""] = (context.req.header("content-type") ?? "application/json").split(";");
  if (!mediaTypes.includes(mediaType.trim().toLowerCase())) {
    throw new UnsupportedMediaType(mediaTypes);
  }
  const bytes = await context.req.arrayBuffer();
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new DomainError("badRequest", "the request body is not valid JSON");
  }
  // What follows walks the value by recursion.
  if (isDeeperThan(DEPTH_MAX, value)) {
    throw new DomainError("badRequest", `the request body must have at most ${DEPTH_MAX} levels`);
  }
  if (!isObject(value))
    throw new DomainError("badRequest", "the request body must be a JSON object");
  return value;
}

/**
 * A Token from a request body. Refuses another kind or version, and parts that are no objects;
 * unknown fields are refused, warned of or dropped as `fieldValidation` asks (Kubernetes 1.27).
 */
export function toResourceBody(context: Context, value: Json): ResourceBody {
  const { apiVersion = API_VERSION, kind = "Token", metadata, spec } = value;
  if (apiVersion !== API_VERSION || kind !== "Token") {
    const found = `${shown(apiVersion)}, Kind=${shown(kind)}`;
    throw new DomainError(
      "badRequest",
      `the body must be ${API_VERSION}, Kind=Token, not ${found}`,
    );
  }
  const body = { metadata: part("metadata", metadata), spec: part("spec", spec) };
  reportUnknownFields(context, [
    ...unknownFields("", value),
    ...unknownFields("metadata", body.metadata),
    ...unknownFields("spec", body.spec),
  ]);
  return body;
}

/** A part of a body that is an object, empty when absent. Refuses anything else (badRequest). */
export function part(name: string, value: unknown): Json {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw new DomainError("badRequest", `${name} must be an object`);
}

function unknownFields(path: string, value: Json): string[] {
  return Object.keys(value)
    .filter((key) => !KNOWN_FIELDS[path]?.includes(key))
    .map((key) => (path === "" ? key : `${path}.${key}`));
}

function reportUnknownFields(context: Context, fields: readonly string[]): void {
  const mode = context.req.query("fieldValidation") || "Warn";
  if (!["Strict", "Warn", "Ignore"].includes(mode)) {
    throw new DomainError("badRequest", "fieldValidation must be Strict, Warn or Ignore");
  }
  const texts = fields.map((field) => `unknown field ${JSON.stringify(field)}`);
  if (mode === "Strict" && texts.length > 0) {
    throw new DomainError("badRequest", `strict decoding error: ${texts.join(", ")}`);
  }
  if (mode === "Warn") {
    for (const text of texts.slice(0, WARNINGS_MAX)) {
      const quoted = text
        .slice(0, SHOWN_LENGTH_MAX)
        .replaceAll(/[^\x20-\x7e]/g, "?")
        .replaceAll(/["\\]/g, "\\$&");
      context.header("Warning", `299 - "${quoted}"`, { append: true });
    }
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.slice(0, SHOWN_LENGTH_MAX);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
