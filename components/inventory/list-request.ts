import {
  type FilterNotice,
  readTokenFilter,
  type SearchParams,
  type TokenFilter,
} from "@/domain/tokens/filter";
import type { ListScope } from "../tokens/list-look";
import { withinScope } from "./own-fields";
import { type QueryReading, readQuery } from "./read-query";

// Of the pages of a list, besides its filter.
const OTHER_PARAMETERS = ["view", "query", "from"];

export interface ListRequest {
  filter: TokenFilter;
  /** What of the address was left out of the filter; to be shown above the list. */
  notices: FilterNotice[];
  /** What the search box sent, where no script has read it. */
  query?: Pick<QueryReading, "problems"> & { text: string };
}

/** What the address of a list asks for; nothing throws, and nothing is left out without a word. */
export function readListRequest(scope: ListScope, params: SearchParams): ListRequest {
  const read = readTokenFilter(params, OTHER_PARAMETERS);
  const { filter, refused } = withinScope(scope, read.filter);
  const notices = [...read.notices, ...refused];
  const given = params.query;
  // A suggestion is sent by a button, after what is in the box.
  const text = Array.isArray(given) ? given.at(-1) : given;
  if (text === undefined) return { filter, notices };
  const reading = readQuery(scope, filter, text);
  const both = { ...filter, ...reading.filter };
  return { filter: both, notices, query: { text, problems: reading.problems } };
}
