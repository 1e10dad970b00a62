import type { Context } from "hono";
import { DomainError, toDomainError } from "@/domain/errors";
import { type Body, readBody, requireObject, toKindBody } from "./body";
import { warnOfLabels, withRemovedLabels } from "./ignored-fields";
import { jsonPatch, toJsonPatch } from "./json-patch";
import type { Kind, KindBody, Resource } from "./kind";
import { mergePatch } from "./merge-patch";

const JSON_PATCH_TYPE = "application/json-patch+json";
const PATCH_TYPES = ["application/merge-patch+json", JSON_PATCH_TYPE];
const PATCH_ATTEMPTS_MAX = 5;

/**
 * Applies the patch of a request, a merge or a JSON patch, to what is stored and writes it against
 * that version, again and again until nobody was quicker (as the Kubernetes API server does), unless
 * it names a version itself. Refuses a patch that gives another name (badRequest).
 */
export async function patchObject<T>(
  context: Context,
  kind: Kind<T>,
  name: string,
  { get, update }: { get: () => Promise<T>; update: (input: unknown) => Promise<T> },
): Promise<Resource> {
  const body = await readBody(context, PATCH_TYPES);
  const patch = toPatch(body);
  for (let attempt = 1; ; attempt += 1) {
    const stored = kind.toResource(await get());
    const value = requireObject({ ...body, value: patch(stored) }).value;
    const isLast = attempt === PATCH_ATTEMPTS_MAX;
    const wanted = toKindBody(context, kind, { value, duplicates: body.duplicates });
    requireName(wanted, name);
    try {
      const resource = kind.toResource(await update(kind.toUpdateInput(wanted)));
      warnOfLabels(context, kind, withRemovedLabels(wanted, stored), resource);
      return resource;
    } catch (error) {
      const isOurs = wanted.metadata.resourceVersion === stored.metadata.resourceVersion;
      const isConflict = toDomainError(error)?.code === "conflict";
      if (!isConflict || !isOurs || isLast) throw error;
      context.header("Warning", undefined);
    }
  }
}

/** Refuses a body that names another object than the address does (badRequest). */
export function requireName({ metadata }: KindBody, name: string): void {
  if (metadata.name === undefined || metadata.name === name) return;
  throw new DomainError("badRequest", "the name of the object does not match the name on the URL");
}

function toPatch(body: Body<unknown>): (stored: object) => unknown {
  if (body.mediaType === JSON_PATCH_TYPE) {
    const operations = toJsonPatch(body.value);
    return (stored) => jsonPatch(stored, operations);
  }
  const { value } = requireObject(body);
  return (stored) => mergePatch(stored, value);
}
