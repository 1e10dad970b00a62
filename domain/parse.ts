import type { z } from "zod";
import type { FieldProblem, FieldProblemType } from "./errors";

export type Parsed<T> = { value: T; problems?: undefined } | { problems: FieldProblem[] };

// Enough for every field of a form; a map of bad keys must not make an answer of megabytes.
const PROBLEMS_MAX = 50;

const SECRET_FIELDS = new Set<PropertyKey | undefined>(["password", "current", "secret"]);

/**
 * Checks input against a schema and returns every problem at once, each with its path and value;
 * of a secret only the path.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Parsed<z.output<Schema>> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return { value: result.data };
  return {
    problems: result.error.issues.slice(0, PROBLEMS_MAX).map((issue) => ({
      path: issue.path.join("."),
      type: problemType(issue),
      message: issue.message,
      ...(SECRET_FIELDS.has(issue.path.at(-1)) ? {} : { value: issue.input }),
    })),
  };
}

function problemType(issue: z.core.$ZodIssue): FieldProblemType {
  if (issue.code === "invalid_type") return issue.input === undefined ? "required" : "type";
  return issue.code === "too_big" ? "tooLong" : "invalid";
}
