import type { TokenRequirement } from "@/db/token-selection";

/** What is selected of a collection: the tokens that meet every requirement. */
export type TokenSelection = readonly TokenRequirement[];

interface Selectable {
  name: string;
  ownerId: string;
  kind: string;
  enabled: boolean;
  labels: Record<string, string>;
}

/** Whether a token is selected; the same rule as the query's (db/token-selection.ts). */
export function isSelected(selection: TokenSelection, token: Selectable): boolean {
  return selection.every((requirement) => {
    const value = subjectOf(requirement.on, token);
    const has = value !== undefined;
    if (!("values" in requirement)) return has === (requirement.operator === "exists");
    const isIn = has && requirement.values.includes(value);
    return isIn === (requirement.operator === "in");
  });
}

function subjectOf(on: TokenRequirement["on"], token: Selectable): string | undefined {
  if ("field" in on) return String(token[on.field]);
  return Object.hasOwn(token.labels, on.label) ? token.labels[on.label] : undefined;
}
