import { DomainError } from "@/domain/errors";

/** One field and the value that it must have, or must not have. */
export interface FieldTerm<Field extends string> {
  on: { field: Field };
  operator: "in" | "notIn";
  values: [string];
}

const ESCAPED = new Map([
  ["\\\\", "\\"],
  ["\\,", ","],
  ["\\=", "="],
]);

/**
 * A field selector in the grammar of Kubernetes: `field=value`, `==` or `!=`, joined by commas, with
 * `\` before a comma, `=` or `\` of a value. `fields` are those it may name, with the domain's word
 * for each; others and other text are refused (badRequest).
 */
export function parseFieldSelector<Field extends string>(
  text: string,
  fields: ReadonlyMap<string, Field>,
): FieldTerm<Field>[] {
  // Empty terms are nothing, as in Kubernetes.
  const terms = text.match(/(?:\\.|[^,\\])+|\\$/gs) ?? [];
  return terms.map((term) => {
    const [, name = "", operator = "", raw = ""] = /^([^=!]*)(!=|==|=)(.*)$/s.exec(term) ?? [];
    const field = fields.get(name);
    if (operator === "") refuse(text, "each term must be a field, one of =, ==, != and a value");
    if (!field) refuse(text, `${JSON.stringify(name)} is not one of ${[...fields.keys()].join()}`);
    return { on: { field }, operator: operator === "!=" ? "notIn" : "in", values: [plain(raw)] };
  });

  function plain(raw: string): string {
    return raw.replaceAll(/\\.?|=/gs, (part) => {
      return ESCAPED.get(part) ?? refuse(text, `${JSON.stringify(part)} must be escaped by \\`);
    });
  }
}

function refuse(text: string, why: string): never {
  throw new DomainError(
    "badRequest",
    `fieldSelector ${JSON.stringify(text.slice(0, 100))}: ${why}`,
  );
}
