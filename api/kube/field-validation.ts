import type { Context } from "hono";
import { z } from "zod";
import { DomainError } from "@/domain/errors";
import { withoutSecrets } from "@/domain/tokens/without-secrets";

const MODES = ["Strict", "Warn", "Ignore"];
const WARNINGS_MAX = 10;
const SHOWN_LENGTH_MAX = 200;

/** The paths of the fields that the schema does not know; status is the server's and not looked at. */
export function unknownFields(
  schema: z.ZodType,
  value: unknown,
  path: readonly string[] = [],
): string[] {
  const shape = shapeOf(schema);
  if (!shape || typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (!field) return [[...path, name].join(".")];
    const isStatus = path.length === 0 && name === "status";
    return isStatus ? [] : unknownFields(field, inner, [...path, name]);
  });
}

/**
 * Treats unknown and duplicate fields as `fieldValidation` asks (Kubernetes 1.27): Strict refuses
 * them all at once (badRequest), Warn, the default, sets Warning headers, Ignore does nothing.
 */
export function reportFields(
  context: Context,
  { unknown, duplicates }: { unknown: readonly string[]; duplicates: readonly string[] },
): void {
  const mode = context.req.query("fieldValidation") || "Warn";
  if (!MODES.includes(mode)) {
    throw new DomainError("badRequest", "fieldValidation must be Strict, Warn or Ignore");
  }
  const texts = [
    ...unknown.map((field) => `unknown field ${shown(field)}`),
    ...duplicates.map((field) => `duplicate field ${shown(field)}`),
  ];
  if (texts.length === 0 || mode === "Ignore") return;
  if (mode === "Strict") {
    const more = texts.length > WARNINGS_MAX ? ", …" : "";
    const list = texts.slice(0, WARNINGS_MAX).join(", ");
    throw new DomainError("badRequest", `strict decoding error: ${list}${more}`);
  }
  for (const text of texts.slice(0, WARNINGS_MAX)) warn(context, text);
}

/** Adds a warning to the answer, which kubectl shows. */
export function warn(context: Context, text: string): void {
  context.header("Warning", `299 - "${toQuoted(withoutSecrets(text))}"`, { append: true });
}

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return shapeOf(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodObject ? schema.shape : undefined;
}

function shown(field: string): string {
  return JSON.stringify(field.slice(0, SHOWN_LENGTH_MAX));
}

// RFC 9110 5.6.4: a header holds visible ASCII, with quotes and backslashes escaped.
function toQuoted(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?").replaceAll(/["\\]/g, "\\$&");
}
