import type { Context } from "hono";
import type { TokenSelection } from "@/domain/tokens/selection";
import { parseFieldSelector } from "./field-selector";
import { parseLabelSelector } from "./label-selector";

type Field = Extract<TokenSelection[number]["on"], { field: string }>["field"];

/** What a field selector may say of tokens. */
export const TOKEN_FIELDS = new Map<string, Field>([
  ["metadata.name", "name"],
  ["spec.userID", "ownerId"],
  ["spec.kind", "kind"],
  ["spec.enabled", "enabled"],
]);

/** What the selectors of a request select together. Refuses what they cannot say (badRequest). */
export function toSelection(context: Context): TokenSelection {
  return [
    ...parseLabelSelector(context.req.query("labelSelector") ?? ""),
    ...parseFieldSelector(context.req.query("fieldSelector") ?? "", TOKEN_FIELDS),
  ];
}
