import type { Context } from "hono";
import { warn } from "./field-validation";
import type { Kind, KindBody, Resource } from "./kind";

/** Warns of a name that a new object was meant to have: kubectl apply makes another one each time. */
export function warnOfName<T>(context: Context, kind: Kind<T>, { metadata }: KindBody): void {
  if (!kind.warnsOfNames || !metadata.name) return;
  warn(context, "metadata.name is ignored: the server generates the name");
}

/** Warns of labels that only the server sets, where a body has others; what it lacks is as it is. */
export function warnOfLabels<T>(
  context: Context,
  kind: Kind<T>,
  { metadata }: KindBody,
  stored: Resource,
): void {
  const set = stored.metadata.labels ?? {};
  const wanted: Record<string, unknown> = { ...set, ...(metadata.labels as object | null) };
  for (const label of kind.serverLabels ?? []) {
    if (wanted[label] === set[label]) continue;
    warn(context, `metadata.labels.${label} is the server's and stays as it is`);
  }
}

/** A patched body in which the labels that the patch has removed are there, as undefined. */
export function withRemovedLabels(body: KindBody, stored: Resource): KindBody {
  const { metadata } = body;
  const removed = Object.keys(stored.metadata.labels ?? {}).map((label) => [label, undefined]);
  const labels = { ...Object.fromEntries(removed), ...(metadata.labels as object | undefined) };
  return { ...body, metadata: { ...metadata, labels } };
}
