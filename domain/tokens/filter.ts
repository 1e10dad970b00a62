import { TOKEN_STATES, type TokenState } from "./lifecycle";

const DAY_MS = 24 * 60 * 60 * 1_000;

export const SORT_COLUMNS = [
  "name",
  "description",
  "kind",
  "state",
  "expires",
  "last-used",
  "created",
  "owner",
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export const EXPIRY_WINDOWS = {
  "1d": { withinMs: DAY_MS },
  "7d": { withinMs: 7 * DAY_MS },
  "30d": { withinMs: 30 * DAY_MS },
  never: "never",
} as const;
type ExpiryWindow = keyof typeof EXPIRY_WINDOWS;

export const LAST_USE_WINDOWS = {
  "1d": { withinMs: DAY_MS },
  "7d": { withinMs: 7 * DAY_MS },
  "30d": { withinMs: 30 * DAY_MS },
  "not-30d": { longerAgoMs: 30 * DAY_MS },
  "not-90d": { longerAgoMs: 90 * DAY_MS },
  never: "never",
} as const;
type LastUseWindow = keyof typeof LAST_USE_WINDOWS;

/** What a list shows; the URL is its only home. Absent fields do not restrict. */
export interface TokenFilter {
  search?: string;
  /** Absent: everything but sign-ins. `all`, `session`, or one exact kind. */
  kind?: string;
  state?: TokenState;
  expiry?: ExpiryWindow;
  lastUse?: LastUseWindow;
  owner?: string;
  sort: SortColumn;
  descending: boolean;
  after?: string;
  before?: string;
}

export type SearchParams = Record<string, string | string[] | undefined>;

const TEXT_LENGTH_MAX = 200;
// A cursor holds the sort value of a row: up to 128 characters, escaped and encoded.
const CURSOR_LENGTH_MAX = 1_024;
const DEFAULT_SORT = { sort: "created", descending: true } as const;

/** Reads a filter from search parameters; what is unknown falls back, nothing throws. */
export function parseTokenFilter(params: SearchParams): TokenFilter {
  const text = (name: string, lengthMax = TEXT_LENGTH_MAX) => {
    const value = params[name];
    const first = Array.isArray(value) ? value[0] : value;
    if (!first?.isWellFormed() || first.includes("\u0000")) return undefined;
    return [...first.trim()].slice(0, lengthMax).join("").trim() || undefined;
  };
  return withoutAbsent({
    search: text("q"),
    kind: text("kind"),
    state: oneOf(TOKEN_STATES, text("state")),
    expiry: oneOf(Object.keys(EXPIRY_WINDOWS) as ExpiryWindow[], text("expires")),
    lastUse: oneOf(Object.keys(LAST_USE_WINDOWS) as LastUseWindow[], text("used")),
    owner: text("owner"),
    ...parseSort(text("sort")),
    after: text("after", CURSOR_LENGTH_MAX),
    before: text("before", CURSOR_LENGTH_MAX),
  });
}

/** The query string of a filter, `""` or beginning with `?`; defaults are left out. */
export function toQueryString(filter: TokenFilter): string {
  const isDefaultSort =
    filter.sort === DEFAULT_SORT.sort && filter.descending === DEFAULT_SORT.descending;
  const entries: Record<string, string | undefined> = {
    q: filter.search,
    kind: filter.kind,
    state: filter.state,
    expires: filter.expiry,
    used: filter.lastUse,
    owner: filter.owner,
    sort: isDefaultSort ? undefined : `${filter.descending ? "-" : ""}${filter.sort}`,
    after: filter.after,
    before: filter.before,
  };
  const pairs = Object.entries(entries).flatMap(([name, value]) =>
    value ? [`${name}=${encodeURIComponent(value)}`] : [],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** The same list from its first page with some of the filter changed. */
export function changeFilter(filter: TokenFilter, changes: Partial<TokenFilter>): TokenFilter {
  const { after: _after, before: _before, ...kept } = filter;
  return { ...kept, ...changes };
}

/** Whether anything but the order restricts the list. */
export function isFiltered(filter: TokenFilter): boolean {
  const { search, state, expiry, lastUse, owner, kind } = filter;
  return [search, state, expiry, lastUse, owner, kind].some((value) => value !== undefined);
}

function parseSort(text: string | undefined): { sort: SortColumn; descending: boolean } {
  const descending = text?.startsWith("-") ?? false;
  const sort = oneOf(SORT_COLUMNS, descending ? text?.slice(1) : text);
  return sort ? { sort, descending } : DEFAULT_SORT;
}

function oneOf<const T extends string>(
  allowed: readonly T[],
  value: string | undefined,
): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

function withoutAbsent(filter: { [Key in keyof TokenFilter]: TokenFilter[Key] | undefined }) {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as unknown as TokenFilter;
}
