import { DomainError } from "@/domain/errors";
import type { TokenSelection } from "@/domain/tokens/selection";
import { KIND_LABEL, OWNER_LABEL } from "./token-resource";

type Requirement = TokenSelection[number];

const TOKEN = /\s*(==|!=|[=!,()<>]|[^\s=!,()<>]+)/y;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * A label selector in the grammar of Kubernetes: `a=b`, `a==b`, `a!=b`, `a in (b,c)`,
 * `a notin (b,c)`, `a`, `!a`, joined by commas. Refuses everything else (badRequest).
 */
export function parseLabelSelector(text: string): TokenSelection {
  const reader = new Reader(text);
  const requirements: Requirement[] = [];
  while (reader.peek() !== undefined) {
    requirements.push(readRequirement(reader));
    if (reader.peek() === undefined) break;
    reader.take(",");
    if (reader.peek() === undefined) reader.refuse("a requirement must follow ','");
  }
  return requirements;
}

function readRequirement(reader: Reader): Requirement {
  if (reader.peek() === "!") {
    reader.take("!");
    return { on: readKey(reader), operator: "absent" };
  }
  const on = readKey(reader);
  switch (reader.peek()) {
    case undefined:
    case ",":
      return { on, operator: "exists" };
    case "=":
    case "==":
      reader.take();
      return { on, operator: "in", values: [readValue(reader)] };
    case "!=":
      reader.take();
      return { on, operator: "notIn", values: [readValue(reader)] };
    case "in":
    case "notin": {
      const operator = reader.take() === "in" ? "in" : "notIn";
      return { on, operator, values: readValues(reader) };
    }
    default:
      return reader.refuse("expected one of =, ==, !=, in, notin");
  }
}

function readKey(reader: Reader): Requirement["on"] {
  const key = reader.takeWord() ?? reader.refuse("expected a label key");
  const [name = "", prefix, ...rest] = key.split("/").reverse();
  const isName = name.length <= 63 && QUALIFIED_NAME.test(name);
  const isPrefix = prefix === undefined || (prefix.length <= 253 && DNS_SUBDOMAIN.test(prefix));
  if (!isName || !isPrefix || rest.length > 0) reader.refuse(`${quoted(key)} is not a label key`);
  // The server's own labels are not stored: they are the owner and the kind.
  if (key === OWNER_LABEL) return { field: "ownerId" };
  return key === KIND_LABEL ? { field: "kind" } : { label: key };
}

function readValues(reader: Reader): string[] {
  reader.take("(");
  const values = [readValue(reader)];
  while (reader.peek() === ",") {
    reader.take(",");
    values.push(readValue(reader));
  }
  reader.take(")");
  return values;
}

// A value may be empty: `a=`, `a in (,b)`.
function readValue(reader: Reader): string {
  const value = reader.takeWord() ?? "";
  if (value.length > 63 || !LABEL_VALUE.test(value)) {
    reader.refuse(`${quoted(value)} is not a label value`);
  }
  return value;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

class Reader {
  readonly #tokens: string[] = [];

  constructor(readonly text: string) {
    const pattern = new RegExp(TOKEN);
    const end = text.trimEnd().length;
    while (pattern.lastIndex < end) {
      const [, token = ""] = pattern.exec(text) ?? this.refuse("it cannot be read");
      this.#tokens.push(token);
    }
  }

  peek(): string | undefined {
    return this.#tokens[0];
  }

  /** Takes the next token, which must be the expected one if given. */
  take(expected?: string): string {
    const token = this.#tokens.shift();
    if (token !== undefined && (expected === undefined || token === expected)) return token;
    return this.refuse(`expected ${expected ?? "more"}, found ${token ?? "the end"}`);
  }

  takeWord(): string | undefined {
    const token = this.peek();
    return token === undefined || /^[=!,()<>]/.test(token) ? undefined : this.take();
  }

  refuse(why: string): never {
    throw new DomainError("badRequest", `labelSelector ${quoted(this.text)}: ${why}`);
  }
}
