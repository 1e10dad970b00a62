import { FIELD_NAMES, FILTER_FIELDS, type FilterField, type TokenFilter } from "./filter";
import { splitQuery, type Word } from "./query-words";

/** What a query says: a filter without its order and place. */
export type QueryFilter = Pick<TokenFilter, FilterField>;

/** What of a query could not be understood, and where it stands. */
export interface QueryProblem {
  start: number;
  end: number;
  word: string;
  message: string;
  /** What to write instead, where something is close. */
  suggestion?: string;
}

/** The words of the search box. `unused:90d` is there for `used:not-90d`. */
export const QUERY_KEYS: readonly string[] = [
  ...FIELD_NAMES.filter((field) => field !== "search").map(
    (field) => FILTER_FIELDS[field].parameter,
  ),
  "unused",
];

/**
 * Reads `owner:ada unused:90d expires:<7d "deploy"`: filters as `key:value`, quoted where a value has
 * spaces, and text, which is searched as one. What is not understood is a problem and not in the
 * filter; nothing throws.
 */
export function parseQuery(text: string): { filter: QueryFilter; problems: QueryProblem[] } {
  const filter: Partial<Record<FilterField, string>> = {};
  const problems: QueryProblem[] = [];
  const found: Word[] = [];
  for (const word of splitQuery(text)) {
    if (word.key === undefined) {
      found.push(word);
      continue;
    }
    const read = readWord(word, word.key, filter);
    if ("problem" in read) problems.push(read.problem);
    else filter[read.field] = read.value;
  }
  const search = found
    .map(({ value }) => value)
    .join(" ")
    .trim();
  if (search) filter.search = search;
  // Every value was read by its own field's reader.
  return { filter: filter as QueryFilter, problems };
}

/** The query of a filter; parseQuery reads the same filter from it. */
export function toQuery(filter: QueryFilter): string {
  const words = FIELD_NAMES.flatMap((field) => {
    const value = filter[field];
    if (value === undefined || field === "search") return [];
    if (field === "lastUse" && value.startsWith("not-")) return [`unused:${value.slice(4)}`];
    return [`${FILTER_FIELDS[field].parameter}:${quote(value)}`];
  });
  return [...words, ...(filter.search ? [quoteText(filter.search)] : [])].join(" ");
}

function readWord(
  word: Word,
  key: string,
  filter: Partial<Record<FilterField, string>>,
): { field: FilterField; value: string } | { problem: QueryProblem } {
  const problem = (message: string, suggestion?: string) => ({
    problem: {
      start: word.start,
      end: word.end,
      word: word.text,
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  });
  const name = key.toLowerCase();
  const isUnused = name === "unused";
  const field = FIELD_NAMES.find(
    (candidate) =>
      candidate !== "search" && FILTER_FIELDS[candidate].parameter === (isUnused ? "used" : name),
  );
  if (!field) {
    const near = nearest(name, QUERY_KEYS);
    const hint = near ? `Did you mean “${near}”?` : "To search for it as text, put it in quotes.";
    return problem(
      `There is no filter “${key}”. ${hint}`,
      near ? `${near}:${quote(word.value)}` : quoteText(word.text),
    );
  }
  const { read, values, examples } = FILTER_FIELDS[field];
  if (word.value === "") return problem(`“${key}” needs a value: ${values}.`);
  const value = read(isUnused ? `not-${word.value}` : word.value.trim());
  if (value === undefined) {
    const near = nearest(word.value.toLowerCase(), examples);
    return problem(
      `“${key}” cannot be “${word.value}”. It can be ${isUnused ? "a time such as 90d" : values}.`,
      near && !isUnused ? `${name}:${quote(near)}` : undefined,
    );
  }
  if (filter[field] !== undefined && filter[field] !== value) {
    return problem(`“${FILTER_FIELDS[field].parameter}” is there already: only the first counts.`);
  }
  return { field, value };
}

function quote(value: string): string {
  return /^[^\s"\\]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}

// Text that could be taken for a filter, or whose spaces count, is quoted.
function quoteText(text: string): string {
  const isPlain = text.split(" ").every((part) => /^[^\s"\\:]+$/.test(part));
  return isPlain ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** The one of some words that a mistyped one may stand for: two letters away at most. */
function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words
    .map((candidate) => ({ candidate, away: distance(word, candidate) }))
    .toSorted((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away <= Math.min(2, word.length - 1) ? best.candidate : undefined;
}

function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (const [row, symbol] of [...left].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...right].entries()) {
      const replaced = (previous[column] ?? 0) + (symbol === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
