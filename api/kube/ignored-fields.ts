import type { Context } from "hono";
import type { Token } from "@/domain/tokens/token";
import { warn } from "./field-validation";
import { KIND_LABEL, OWNER_LABEL, type ResourceBody, toResource } from "./resource";

/** Warns of a name that a new token was meant to have: kubectl apply makes another one each time. */
export function warnOfName(context: Context, { metadata }: ResourceBody): void {
  if (!metadata.name) return;
  warn(context, "metadata.name is ignored: the server generates the name");
}

/** Warns of labels that only the server sets, where a body has others; what it lacks is as it is. */
export function warnOfLabels(context: Context, body: ResourceBody, token: Token): void {
  const set: Record<string, string> = toResource(token).metadata.labels;
  const wanted = { ...set, ...(body.metadata.labels as object | null | undefined) };
  for (const label of [OWNER_LABEL, KIND_LABEL]) {
    if (wanted[label] === set[label]) continue;
    warn(context, `metadata.labels.${label} is the server's and stays as it is`);
  }
}
