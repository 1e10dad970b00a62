import type { Role } from "../actor";

export const ROLES = ["admin", "verifier", "user"] as const satisfies readonly Role[];
const USER_STATES = ["enabled", "disabled"] as const;

/** Which users a list shows, by name; the URL is its only home. Absent fields do not restrict. */
export interface UserFilter {
  search?: string;
  role?: Role;
  state?: (typeof USER_STATES)[number];
  /** The name that a page comes after, or before. */
  after?: string;
  before?: string;
}

type SearchParams = Record<string, string | string[] | undefined>;

const TEXT_LENGTH_MAX = 128;
// A name has 128 characters, of which a few get longer in lower case.
const CURSOR_LENGTH_MAX = 256;

/** Reads a filter from search parameters; what is unknown falls back, nothing throws. */
export function parseUserFilter(params: SearchParams): UserFilter {
  const text = (name: string, lengthMax = TEXT_LENGTH_MAX) => {
    const value = params[name];
    const first = Array.isArray(value) ? value[0] : value;
    if (!first?.isWellFormed() || first.includes("\u0000")) return undefined;
    return [...first.trim()].slice(0, lengthMax).join("").trim() || undefined;
  };
  return withoutAbsent({
    search: text("q"),
    role: ROLES.find((role) => role === text("role")),
    state: USER_STATES.find((state) => state === text("state")),
    after: text("after", CURSOR_LENGTH_MAX),
    before: text("before", CURSOR_LENGTH_MAX),
  });
}

/** The query string of a filter, `""` or beginning with `?`. */
export function toUserQuery(filter: UserFilter): string {
  const entries = {
    q: filter.search,
    role: filter.role,
    state: filter.state,
    after: filter.after,
    before: filter.before,
  };
  const pairs = Object.entries(entries).flatMap(([name, value]) =>
    value ? [`${name}=${encodeURIComponent(value)}`] : [],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** The same list from its first page with some of the filter changed. */
export function changeUserFilter(filter: UserFilter, changes: Partial<UserFilter>): UserFilter {
  const { after: _after, before: _before, ...kept } = filter;
  return { ...kept, ...changes };
}

export function isUserFiltered({ search, role, state }: UserFilter): boolean {
  return [search, role, state].some((value) => value !== undefined);
}

function withoutAbsent(filter: { [Key in keyof UserFilter]: UserFilter[Key] | undefined }) {
  const present = Object.entries(filter).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as UserFilter;
}
