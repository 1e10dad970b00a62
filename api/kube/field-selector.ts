import { DomainError } from "@/domain/errors";
import type { TokenSelection } from "@/domain/tokens/selection";

type Field = Extract<TokenSelection[number]["on"], { field: string }>["field"];

const FIELDS = new Map<string, Field>([
  ["metadata.name", "name"],
  ["spec.userID", "ownerId"],
  ["spec.kind", "kind"],
  ["spec.enabled", "enabled"],
]);
const ESCAPED = new Map([
  ["\\\\", "\\"],
  ["\\,", ","],
  ["\\=", "="],
]);

/**
 * A field selector in the grammar of Kubernetes: `field=value`, `==` or `!=`, joined by commas, with
 * `\` before a comma, `=` or `\` of a value. Refuses other fields and other text (badRequest).
 */
export function parseFieldSelector(text: string): TokenSelection {
  // Empty terms are nothing, as in Kubernetes.
  const terms = text.match(/(?:\\.|[^,\\])+|\\$/gs) ?? [];
  return terms.map((term) => {
    const [, name = "", operator = "", raw = ""] = /^([^=!]*)(!=|==|=)(.*)$/s.exec(term) ?? [];
    const field = FIELDS.get(name);
    if (operator === "") refuse(text, "each term must be a field, one of =, ==, != and a value");
    if (!field) refuse(text, `${JSON.stringify(name)} is not one of ${[...FIELDS.keys()].join()}`);
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
