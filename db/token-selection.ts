import { inArray, notInArray, or, type SQL, sql } from "drizzle-orm";
import { tokens } from "./schema";

export type TokenField = "name" | "ownerId" | "kind" | "enabled";

type Subject = { label: string } | { field: TokenField };

/** One condition of a selector; a token is selected that meets all of them. */
export type TokenRequirement =
  | { on: Subject; operator: "in" | "notIn"; values: readonly string[] }
  | { on: Subject; operator: "exists" | "absent" };

/** The requirements as conditions of a query. What is absent is not in any values. */
export function selectionConditions(requirements: readonly TokenRequirement[]): SQL[] {
  return requirements.map((requirement) =>
    "label" in requirement.on
      ? labelCondition(requirement.on.label, requirement)
      : fieldCondition(requirement.on.field, requirement),
  );
}

function labelCondition(label: string, requirement: TokenRequirement): SQL {
  switch (requirement.operator) {
    case "exists":
      return sql`${tokens.labels} ? ${label}::text`;
    case "absent":
      return sql`not (${tokens.labels} ? ${label}::text)`;
    default: {
      // Containment, because the index of labels knows it.
      const contained = requirement.values.map(
        (value) => sql`${tokens.labels} @> ${JSON.stringify({ [label]: value })}::text::jsonb`,
      );
      const isIn = or(...contained) ?? sql`false`;
      return requirement.operator === "in" ? sql`(${isIn})` : sql`not (${isIn})`;
    }
  }
}

function fieldCondition(field: TokenField, requirement: TokenRequirement): SQL {
  // Every token has every field.
  if (!("values" in requirement)) return sql`${sql.raw(String(requirement.operator === "exists"))}`;
  const choose = requirement.operator === "in" ? inArray : notInArray;
  if (field === "enabled") {
    const flags = requirement.values.filter((value) => value === "true" || value === "false");
    return choose(
      tokens.enabled,
      flags.map((flag) => flag === "true"),
    );
  }
  // PostgreSQL has no such text, so nothing is called so.
  const texts = requirement.values.filter((value) => value.isWellFormed() && !/\0/.test(value));
  return choose(tokens[field], texts);
}
