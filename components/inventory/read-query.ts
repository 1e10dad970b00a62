import {
  changeFilter,
  FILTER_FIELDS,
  type FilterField,
  readTokenFilter,
  type TokenFilter,
  toQueryString,
} from "@/domain/tokens/filter";
import { parseQuery, type QueryProblem, toQuery } from "@/domain/tokens/query-language";
import type { ListScope } from "../tokens/list-look";
import { fieldsOf } from "./own-fields";

export interface QueryReading {
  /** The list that the query asks for, without what could not be understood. */
  filter: TokenFilter;
  problems: QueryProblem[];
}

/**
 * Reads the search box over a list. The text is the whole filter but for the kind of tokens, which
 * stands above it: that stays unless the text names another.
 */
export function readQuery(scope: ListScope, filter: TokenFilter, text: string): QueryReading {
  const { filter: found, problems } = parseQuery(text.toWellFormed().replaceAll("\u0000", " "));
  const { sort, descending, kind } = changeFilter(filter, {});
  const ofTab = kind && isTab(kind) ? { kind } : {};
  const asked: TokenFilter = { ...ofTab, ...found, sort, descending };
  const foreign = (Object.keys(found) as FilterField[]).filter(
    (field) => !fieldsOf(scope).includes(field),
  );
  const refused = foreign.map((field) => ({
    ...placeOf(text, FILTER_FIELDS[field].parameter),
    message: `There is no filter “${FILTER_FIELDS[field].parameter}” here: all of these tokens are yours.`,
  }));
  for (const field of foreign) delete asked[field];
  // As the address says it: cut to the lengths that it may have.
  const params = Object.fromEntries(new URLSearchParams(toQueryString(asked)));
  const read = readTokenFilter(params);
  const cut = read.notices.map(({ message }) => ({ ...placeOf(text, ""), message }));
  return { filter: read.filter, problems: [...problems, ...refused, ...cut] };
}

/** What the search box shows of a list. */
export function queryText(filter: TokenFilter): string {
  const { kind, ...rest } = filter;
  return toQuery(isTab(kind) ? rest : filter);
}

/** Whether a kind is chosen above the search box, and no chip of its own. */
export function isTab(kind: string | undefined): boolean {
  return kind === undefined || kind === "session" || kind === "all";
}

function placeOf(text: string, key: string): Pick<QueryProblem, "start" | "end" | "word"> {
  const start = Math.max(text.toLowerCase().indexOf(`${key}:`), 0);
  const word = /^\S*/.exec(text.slice(start))?.[0] ?? "";
  return { start, end: start + word.length, word };
}
