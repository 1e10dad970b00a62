import type { Context } from "hono";
import type { NameSelection } from "@/domain/collection";
import { DomainError, type FieldProblem, invalid } from "@/domain/errors";
import { parseFieldSelector } from "./field-selector";
import type { ApiResource, KindBody } from "./kind";

const FIELDS = new Map([["metadata.name", "name"] as const]);
// `kubectl apply` and `create --save-config` keep what they sent in it, passwords too.
const SAVED_BY_KUBECTL = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * The names that a request selects of a kind that has no labels. Refuses a label selector, and a
 * field selector on anything but the name (badRequest).
 */
export function toNameSelection(context: Context, { name }: ApiResource): NameSelection {
  if (context.req.query("labelSelector")) {
    throw new DomainError("badRequest", `labelSelector: ${name} have no labels to select by`);
  }
  const terms = parseFieldSelector(context.req.query("fieldSelector") ?? "", FIELDS);
  const named = (operator: "in" | "notIn") =>
    terms.filter((term) => term.operator === operator).flatMap(({ values }) => values);
  return { is: named("in"), isNot: named("notIn") };
}

/** Refuses labels and annotations of a kind that has none (invalid); kubectl's own one is dropped. */
export function refuseLabels({ name }: ApiResource, { metadata }: KindBody): void {
  const problems = (["labels", "annotations"] as const).flatMap((field): FieldProblem[] => {
    const keys = Object.keys(metadata[field] ?? {});
    if (keys.every((key) => field === "annotations" && key === SAVED_BY_KUBECTL)) return [];
    return [{ path: `metadata.${field}`, type: "forbidden", message: `${name} have no ${field}` }];
  });
  if (problems.length > 0) throw invalid(problems);
}
