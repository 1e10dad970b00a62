import { readAddressFilter } from "./address-range";
import { TOKEN_STATES, type TokenState } from "./lifecycle";
import {
  type CreatedFilter,
  type ExpiryFilter,
  type LastUseFilter,
  readCreatedFilter,
  readExpiryFilter,
  readLastUseFilter,
  spanMs,
} from "./time-window";

export const SORT_COLUMNS = [
  "name",
  "description",
  "kind",
  "state",
  "expires",
  "last-used",
  "created",
  "owner",
  "risk",
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** `live` is active or expires soon. */
export const STATE_FILTERS = [...TOKEN_STATES, "live"] as const;
type StateFilter = TokenState | "live";

export const OWNER_ROLES = ["user", "verifier", "admin"] as const;
export const OWNER_STATES = ["enabled", "disabled"] as const;

/** Above the present maximum of lifetimes, or longer than a span. */
type LifetimeFilter = "over-max" | `>${string}`;

/** What a list shows; the URL is its only home. Absent fields do not restrict. */
export interface TokenFilter {
  /** In the name, the description or the owner's name. */
  search?: string;
  /** Absent: everything but sign-ins. `all`, `session`, or one exact kind. */
  kind?: string;
  state?: StateFilter;
  expiry?: ExpiryFilter;
  created?: CreatedFilter;
  lastUse?: LastUseFilter;
  lifetime?: LifetimeFilter;
  /** The beginning of the owner's name; all of it after a `=`. */
  owner?: string;
  ownerRole?: (typeof OWNER_ROLES)[number];
  ownerState?: (typeof OWNER_STATES)[number];
  /** An address or network from which the token was used, canonical (address-range.ts). */
  address?: string;
  sort: SortColumn;
  descending: boolean;
  after?: string;
  before?: string;
}

export type FilterField = Exclude<keyof TokenFilter, "sort" | "descending" | "after" | "before">;
export type SearchParams = Record<string, string | string[] | undefined>;

/** Something of an address that was left out of the filter; to be shown beside the list. */
export interface FilterNotice {
  parameter: string;
  message: string;
}

interface FieldDefinition {
  /** Its name in the address and, but for `q`, its word in the search box. */
  parameter: string;
  /** What it may be, for people: "… can be <values>". */
  values: string;
  /** The canonical value, or undefined where there is none like that. */
  read: (text: string) => string | undefined;
  /** What to offer while somebody types. */
  examples: readonly string[];
}

const DAYS = "a day such as 2026-01-31, <2026-01-31, >2026-01-31 or 2026-01-01..2026-01-31";
const anyText = (text: string) => text;
const choice = (parameter: string, allowed: readonly string[]): FieldDefinition => ({
  parameter,
  values: `${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}`,
  read: (text) => allowed.find((candidate) => candidate === text.toLowerCase()),
  examples: allowed,
});

/** Every filter there is, in the order in which it is written. */
export const FILTER_FIELDS: Record<FilterField, FieldDefinition> = {
  search: { parameter: "q", values: "any text", read: anyText, examples: [] },
  owner: {
    parameter: "owner",
    values: "the beginning of a name, or =name for exactly that one",
    read: (text) => (text === "=" ? undefined : text),
    examples: [],
  },
  ownerRole: choice("role", OWNER_ROLES),
  ownerState: choice("owner-state", OWNER_STATES),
  kind: {
    parameter: "kind",
    values: "all, session or any other kind",
    read: anyText,
    examples: ["all", "session"],
  },
  state: choice("state", STATE_FILTERS),
  expiry: {
    parameter: "expires",
    values: `never, a time such as 12h or 7d, >30d, or ${DAYS}`,
    read: readExpiryFilter,
    examples: ["1d", "7d", "30d", ">90d", "never"],
  },
  created: {
    parameter: "created",
    values: `a time such as 12h or 7d, >90d, or ${DAYS}`,
    read: readCreatedFilter,
    examples: ["1d", "7d", "30d", ">90d", ">365d"],
  },
  lastUse: {
    parameter: "used",
    values: `never, a time such as 12h or 7d, not-90d, or ${DAYS}`,
    read: readLastUseFilter,
    examples: ["1d", "7d", "30d", "not-30d", "not-90d", "never"],
  },
  lifetime: {
    parameter: "lifetime",
    values: "over-max or a time such as >365d",
    read: readLifetime,
    examples: ["over-max", ">90d", ">365d"],
  },
  address: {
    parameter: "address",
    values: "an address such as 192.0.2.7 or a network such as 10.0.0.0/8",
    read: readAddressFilter,
    examples: [],
  },
};

export const FIELD_NAMES = Object.keys(FILTER_FIELDS) as FilterField[];

const TEXT_LENGTH_MAX = 200;
// A cursor holds the sort value of a row: up to 128 characters, escaped and encoded.
const CURSOR_LENGTH_MAX = 1_024;
/** The order of a list that asks for none. */
export const NEWEST_FIRST = { sort: "created", descending: true } as const;

/** Reads a filter from search parameters; what is unknown falls back, nothing throws. */
export function parseTokenFilter(params: SearchParams): TokenFilter {
  return readTokenFilter(params).filter;
}

/**
 * As parseTokenFilter, and a notice for everything that was left out or cut: a parameter that is
 * neither a filter's nor in `otherParameters`, a value that it cannot have.
 */
export function readTokenFilter(
  params: SearchParams,
  otherParameters: readonly string[] = [],
): { filter: TokenFilter; notices: FilterNotice[] } {
  const notices: FilterNotice[] = [];
  const notice = (parameter: string, message: string) => notices.push({ parameter, message });
  const text = (name: string, lengthMax = TEXT_LENGTH_MAX) => {
    const value = params[name];
    if (Array.isArray(value) && value.length > 1) {
      notice(name, `“${name}” is given more than once: only the first one counts.`);
    }
    const first = (Array.isArray(value) ? value[0] : value)?.trim();
    if (!first) return undefined;
    if (!first.isWellFormed() || first.includes("\u0000")) {
      notice(name, `“${name}” has characters that no text has, and was left out.`);
      return undefined;
    }
    const cut = [...first].slice(0, lengthMax).join("").trim();
    if (cut.length < first.length) {
      notice(name, `“${name}” is longer than ${lengthMax} characters: the rest was left out.`);
    }
    return cut;
  };
  const fields = FIELD_NAMES.map((field) => {
    const { parameter, values, read } = FILTER_FIELDS[field];
    const given = text(parameter);
    const value = given === undefined ? undefined : read(given);
    if (given !== undefined && value === undefined) {
      notice(
        parameter,
        `“${parameter}” cannot be “${given}”, so it was left out. It can be ${values}.`,
      );
    }
    return [field, value] as const;
  });
  const sort = text("sort");
  const order = sort === undefined ? NEWEST_FIRST : readSort(sort);
  if (!order) {
    notice("sort", `There is no order “${sort}”. The list is in the order of creation.`);
  }
  for (const name of Object.keys(params)) {
    if (isKnown(name) || otherParameters.includes(name)) continue;
    notice(name.slice(0, 40), `There is no filter “${name.slice(0, 40)}”, so it was left out.`);
  }
  const cursors = {
    after: text("after", CURSOR_LENGTH_MAX),
    before: text("before", CURSOR_LENGTH_MAX),
  };
  const filter = { ...Object.fromEntries(fields), ...(order ?? NEWEST_FIRST), ...cursors };
  return { filter: withoutAbsent(filter), notices };
}

/** The query string of a filter, `""` or beginning with `?`; defaults are left out. */
export function toQueryString(filter: TokenFilter): string {
  const isDefaultSort =
    filter.sort === NEWEST_FIRST.sort && filter.descending === NEWEST_FIRST.descending;
  const entries: [string, string | undefined][] = [
    ...FIELD_NAMES.map((field): [string, string | undefined] => [
      FILTER_FIELDS[field].parameter,
      filter[field],
    ]),
    ["sort", isDefaultSort ? undefined : `${filter.descending ? "-" : ""}${filter.sort}`],
    ["after", filter.after],
    ["before", filter.before],
  ];
  const pairs = entries.flatMap(([name, value]) =>
    value ? [`${name}=${encodeURIComponent(value)}`] : [],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** The same list from its first page with some of the filter changed. */
export function changeFilter(filter: TokenFilter, changes: Partial<TokenFilter>): TokenFilter {
  const { after: _after, before: _before, ...kept } = filter;
  return { ...kept, ...changes };
}

/** The same list from its first page without one of its filters. */
export function withoutField(filter: TokenFilter, field: FilterField): TokenFilter {
  const { [field]: _, ...rest } = changeFilter(filter, {});
  return rest;
}

/** Which filters restrict the list, in the order in which they are written. */
export function activeFields(filter: TokenFilter): FilterField[] {
  return FIELD_NAMES.filter((field) => filter[field] !== undefined);
}

/** Whether anything but the order restricts the list. */
export function isFiltered(filter: TokenFilter): boolean {
  return activeFields(filter).length > 0;
}

function isKnown(parameter: string): boolean {
  const ofFields = FIELD_NAMES.some((field) => FILTER_FIELDS[field].parameter === parameter);
  return ofFields || ["sort", "after", "before"].includes(parameter);
}

function readLifetime(text: string): LifetimeFilter | undefined {
  const plain = text.toLowerCase();
  if (plain === "over-max") return plain;
  const span = plain.slice(1);
  return plain.startsWith(">") && spanMs(span) !== undefined
    ? `>${Number.parseInt(span, 10)}${span.at(-1)}`
    : undefined;
}

function readSort(text: string): { sort: SortColumn; descending: boolean } | undefined {
  const descending = text.startsWith("-");
  const name = descending ? text.slice(1) : text;
  const sort = SORT_COLUMNS.find((candidate) => candidate === name);
  return sort && { sort, descending };
}

// Every value was read by its own field's reader.
function withoutAbsent(filter: Record<string, unknown>): TokenFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as unknown as TokenFilter;
}
