import type { Context } from "hono";
import { DomainError, toDomainError } from "@/domain/errors";
import { getToken } from "@/domain/tokens/get";
import type { Token } from "@/domain/tokens/token";
import { updateToken } from "@/domain/tokens/update";
import type { ApiEnvironment } from "../require-bearer";
import { type Body, readBody, requireObject, toResourceBody } from "./body";
import { warnOfLabels } from "./ignored-fields";
import { jsonPatch, toJsonPatch } from "./json-patch";
import { mergePatch } from "./merge-patch";
import { type ResourceBody, toResource, toUpdateInput } from "./resource";

const JSON_PATCH_TYPE = "application/json-patch+json";
const PATCH_TYPES = ["application/merge-patch+json", JSON_PATCH_TYPE];
const PATCH_ATTEMPTS_MAX = 5;

/**
 * Applies the patch of a request, a merge or a JSON patch, to what is stored and writes it against
 * that version, again and again until nobody was quicker (as the Kubernetes API server does), unless
 * it names a version itself. Refuses a patch that gives another name (badRequest).
 */
export async function patchToken(
  context: Context<ApiEnvironment>,
  name: string,
  options: { dryRun: boolean },
): Promise<Token> {
  const body = await readBody(context, PATCH_TYPES);
  const patch = toPatch(body);
  for (let attempt = 1; ; attempt += 1) {
    const stored = toResource(await getToken(context.var.actor, name));
    const value = requireObject({ ...body, value: patch(stored) }).value;
    const isLast = attempt === PATCH_ATTEMPTS_MAX;
    const wanted = toResourceBody(context, { value, duplicates: body.duplicates });
    requireName(wanted, name);
    try {
      const token = await updateToken(context.var.actor, name, toUpdateInput(wanted), options);
      warnOfLabels(context, withRemovedLabels(wanted, stored), token);
      return token;
    } catch (error) {
      const isOurs = wanted.metadata.resourceVersion === stored.metadata.resourceVersion;
      const isConflict = toDomainError(error)?.code === "conflict";
      if (!isConflict || !isOurs || isLast) throw error;
      context.header("Warning", undefined);
    }
  }
}

/** Refuses a body that names another object than the address does (badRequest). */
export function requireName({ metadata }: ResourceBody, name: string): void {
  if (metadata.name === undefined || metadata.name === name) return;
  throw new DomainError("badRequest", "the name of the object does not match the name on the URL");
}

// What a patch has removed, as undefined.
function withRemovedLabels(
  { metadata, spec }: ResourceBody,
  stored: ReturnType<typeof toResource>,
): ResourceBody {
  const removed = Object.keys(stored.metadata.labels).map((label) => [label, undefined]);
  const labels = { ...Object.fromEntries(removed), ...(metadata.labels as object | undefined) };
  return { metadata: { ...metadata, labels }, spec };
}

function toPatch(body: Body<unknown>): (stored: object) => unknown {
  if (body.mediaType === JSON_PATCH_TYPE) {
    const operations = toJsonPatch(body.value);
    return (stored) => jsonPatch(stored, operations);
  }
  const { value } = requireObject(body);
  return (stored) => mergePatch(stored, value);
}
