import { FIELD_NAMES, FILTER_FIELDS } from "./filter";
import { QUERY_KEYS } from "./query-language";
import { splitQuery } from "./query-words";

export interface Completions {
  /** What of the text an option takes the place of. */
  from: number;
  to: number;
  options: { text: string; label: string }[];
}

const LABELS: Record<string, string> = {
  owner: "whose name begins with …",
  role: "of the owner",
  "owner-state": "of the owner",
  kind: "of the token",
  state: "of the token",
  expires: "when it ends",
  created: "when it was made",
  used: "when it was last used",
  lifetime: "how long it lives",
  address: "from where it was used",
  unused: "for how long",
};

/** What may stand at the cursor: keys that begin with what is there, or values of the key before it. */
export function completions(text: string, cursor: number): Completions {
  const word = splitQuery(text).find(({ start, end }) => start < cursor && cursor <= end);
  const from = word?.start ?? cursor;
  const to = word?.end ?? cursor;
  const typed = text.slice(from, cursor);
  const colon = typed.indexOf(":");
  if (word?.key !== undefined && colon >= 0) {
    const valueFrom = from + colon + 1;
    const begun = typed.slice(colon + 1).toLowerCase();
    const options = valuesOf(word.key.toLowerCase())
      .filter((value) => value.startsWith(begun) && value !== begun)
      .map((value) => ({ text: value, label: "" }));
    return { from: valueFrom, to, options };
  }
  const options = QUERY_KEYS.filter((key) => key.startsWith(typed.toLowerCase())).map((key) => ({
    text: `${key}:`,
    label: LABELS[key] ?? "",
  }));
  return { from, to, options: typed.startsWith('"') ? [] : options };
}

function valuesOf(key: string): readonly string[] {
  if (key === "unused") return ["30d", "60d", "90d", "180d", "365d"];
  const field = FIELD_NAMES.find((name) => FILTER_FIELDS[name].parameter === key);
  return field ? FILTER_FIELDS[field].examples.filter((value) => !value.startsWith("not-")) : [];
}
