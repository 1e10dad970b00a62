import { isDeepStrictEqual } from "node:util";
import { applyPatch, type Operation, Pointer } from "rfc6902";
import { z } from "zod";
import { DomainError, invalid } from "@/domain/errors";

const OPERATIONS_MAX = 100;
const RESULT_LENGTH_MAX = 512 * 1_024;
const SHOWN_LENGTH_MAX = 200;
// The library steps over these names.
const MISREAD = ["__proto__", "constructor", "prototype"];

const pointer = z.string().regex(/^(\/([^~/]|~[01])*)*$/, "must be a JSON pointer");
const hasValue = (operation: object) => Object.hasOwn(operation, "value");
const withValue = (op: "add" | "replace" | "test") =>
  z.looseObject({ op: z.literal(op), path: pointer }).refine(hasValue, "must have a value");
const operations = z
  .array(
    z.discriminatedUnion(
      "op",
      [
        withValue("add"),
        withValue("replace"),
        withValue("test"),
        z.looseObject({ op: z.literal("remove"), path: pointer }),
        z.looseObject({ op: z.literal("move"), path: pointer, from: pointer }),
        z.looseObject({ op: z.literal("copy"), path: pointer, from: pointer }),
      ],
      "must have op: add, remove, replace, move, copy or test",
    ),
    "must be a list of operations",
  )
  .max(OPERATIONS_MAX, `must have at most ${OPERATIONS_MAX} operations`);

/** A JSON patch (RFC 6902) as it was sent. Refuses what is none (badRequest). */
export function toJsonPatch(value: unknown): Operation[] {
  const parsed = operations.safeParse(value);
  if (parsed.success) return parsed.data as Operation[];
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new DomainError("badRequest", `the JSON patch is not valid: ${place}${issue?.message}`);
}

/**
 * The outcome of a JSON patch; changes neither argument. An operation that cannot be applied, a
 * `test` that fails included, is refused with its place in the patch (invalid), as Kubernetes does.
 */
export function jsonPatch(target: object, patch: readonly Operation[]): unknown {
  const document = { root: structuredClone(target) as unknown };
  patch.forEach((operation, place) => {
    const reason = apply(document, operation);
    if (!reason) return;
    const shown = `${operation.op} ${operation.path}`.slice(0, SHOWN_LENGTH_MAX);
    throw invalid([{ path: `patch[${place}]`, type: "invalid", message: `${shown}: ${reason}` }]);
  });
  return document.root;
}

// What is wrong with the operation, if anything.
function apply(document: { root: unknown }, operation: Operation): string | undefined {
  const isThere = operation.op !== "add" && operation.op !== "move" && operation.op !== "copy";
  if (!canReach(document.root, operation.path, isThere)) return "there is no such path";
  if ("from" in operation && !canReach(document.root, operation.from, true)) {
    return "there is no such path to take from";
  }
  if (operation.op === "test") {
    const isSame = isDeepStrictEqual(
      Pointer.fromJSON(operation.path).get(document.root),
      operation.value,
    );
    return isSame ? undefined : "the value is another one";
  }
  if (operation.path === "") return "the whole object cannot be replaced";
  const [failure] = applyPatch(document.root, [operation]);
  if (failure) return "there is no such path";
  const canGrow = operation.op === "copy";
  const isTooLong = canGrow && JSON.stringify(document.root).length > RESULT_LENGTH_MAX;
  return isTooLong ? "the object becomes too long" : undefined;
}

// Whether every name on the way is the object's own: the library also follows inherited ones, and
// would write to what all objects share. The last one is looked at when it has to be there.
function canReach(root: unknown, path: string, isThere: boolean): boolean {
  const names = Pointer.fromJSON(path).tokens.slice(1);
  let value = root;
  for (const [at, name] of names.entries()) {
    const isLast = at === names.length - 1;
    if (typeof value !== "object" || value === null) return false;
    if (name === "__proto__" || (MISREAD.includes(name) && !isLast)) return false;
    if (isLast && !isThere) return true;
    if (!Object.hasOwn(value, name)) return false;
    value = (value as Record<string, unknown>)[name];
  }
  return true;
}
