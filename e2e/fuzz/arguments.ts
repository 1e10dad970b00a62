import fc from "fast-check";
import { hostileText, hostileValue } from "./texts";

type Change = (args: readonly unknown[]) => unknown[];

const FIELDS =
  "description ttlMs name enabled id username role password current secret displayName labels callbackUrl idempotencyKey $ACTION_ID_x __proto__ 0 1".split(
    " ",
  );

/** How the arguments of an action are spoilt: one of them, their number, or a field of a form. */
export const spoiling: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(), hostileValue).map(inAFormOrObject) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(), hostileValue).map(
      ([at, value]): Change =>
        (args) =>
          args.length === 0 ? [value] : args.with(at % args.length, value),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .dictionary(fc.oneof(fc.constantFrom(...FIELDS), hostileText), hostileText, { maxKeys: 5 })
      .map(
        (fields): Change =>
          (args) => [args[0] ?? null, formOf(fields)],
      ),
  },
  { weight: 1, arbitrary: fc.array(hostileValue, { maxLength: 4 }).map((made) => () => made) },
  {
    weight: 1,
    arbitrary: hostileValue.map(
      (value): Change =>
        (args) => [...args, value],
    ),
  },
);

// The right arguments but for one field.
function inAFormOrObject([at, value]: [number, unknown]): Change {
  return (args) =>
    args.map((arg) => {
      if (arg instanceof FormData) {
        const fields = Object.fromEntries(
          [...arg.entries()].map(([of, text]) => [of, String(text)]),
        );
        const names = Object.keys(fields);
        return formOf({
          ...fields,
          [names[at % names.length] ?? "x"]:
            typeof value === "string" ? value : JSON.stringify(value),
        });
      }
      if (typeof arg !== "object" || arg === null || "status" in arg) return arg;
      const names = Object.keys(arg);
      return { ...arg, [names[at % names.length] ?? "x"]: value };
    });
}

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(fields)) form.append(name, text);
  return form;
}

/**
 * Whether React can decode them. Next answers 500 to the rest before any code of ours is asked:
 * references to what is not there, more levels than it takes, fields with names that no form has.
 */
export function isDecodable(args: readonly unknown[]): boolean {
  const names = args.flatMap((arg) => (arg instanceof FormData ? [...arg.keys()] : []));
  return (
    !/"\$|\[{50}|__proto__/.test(JSON.stringify(args)) && names.every((of) => /^\w+$/.test(of))
  );
}

/** What is sent in the place of arguments and is no encoding of any. */
export const brokenBody = fc.record({
  type: fc.constantFrom(
    "text/plain;charset=UTF-8",
    "application/json",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
  ),
  body: fc.oneof(
    fc.constantFrom(
      "",
      "{",
      "null",
      "[[[",
      '["$K',
      '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1"]\r\n--x',
      "--x--",
    ),
    fc.constant("[".repeat(60_000)),
    fc.constant("x".repeat(100_000)),
    hostileText,
  ),
});
