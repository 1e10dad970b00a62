import fc from "fast-check";
import type { Role } from "../actor";
import {
  OWNER_ROLES,
  OWNER_STATES,
  SORT_COLUMNS,
  STATE_FILTERS,
  type TokenFilter,
} from "../tokens/filter";
import { tokenState } from "../tokens/lifecycle";
import { assessRisk } from "../tokens/risk";

export interface Known {
  id: number;
  name: string;
  ownerId: string;
  ownerName: string;
  ownerKey: string;
  ownerRole: Role;
  ownerEnabled: boolean;
  kind: string;
  description: string;
  ttlMs: number;
  enabled: boolean;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  networks: number;
  addresses: string[];
}
export type NaiveFilter = TokenFilter;

const DAY_MS = 86_400_000;
const TTL_MS_MAX = 90 * DAY_MS;
const day = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

const someDay = fc.integer({ min: -40, max: 200 }).map(day);
const days = fc.oneof(
  someDay,
  someDay.map((at) => `<${at}`),
  someDay.map((at) => `>${at}`),
  fc.tuple(someDay, someDay).map((ends) => ends.toSorted().join("..")),
);
const span = fc.constantFrom("12h", "1d", "7d", "30d", "90d", "200d");

/** Filters that select some of the random inventory, in every order. */
export const randomFilter: fc.Arbitrary<TokenFilter> = fc
  .record(
    {
      search: fc.constantFrom("deploy", "ada", "Ü", "de", "100%_", "o", "backup dö", "token-", "p"),
      owner: fc.constantFrom("a", "ADA", "=ada", "=Ada.L", "dör", "nobody", "=nobody"),
      ownerRole: fc.constantFrom(...OWNER_ROLES),
      ownerState: fc.constantFrom(...OWNER_STATES),
      kind: fc.constantFrom("all", "all", "session", "ci", "CI", "nothing"),
      state: fc.constantFrom(...STATE_FILTERS),
      expiry: fc.oneof(
        fc.constant("never"),
        span,
        span.map((value) => `>${value}`),
        days,
      ),
      created: fc.oneof(
        span,
        span.map((value) => `>${value}`),
        days,
      ),
      lastUse: fc.oneof(
        fc.constant("never"),
        span,
        span.map((value) => `not-${value}`),
        days,
      ),
      lifetime: fc.constantFrom("over-max", ">1d", ">365d"),
      address: fc.constantFrom("10.0.0.0/8", "10.1.0.0/16", "10.2.0.4", "10.0.0.0/30", "::/0"),
      sort: fc.constantFrom(...SORT_COLUMNS),
      descending: fc.boolean(),
    },
    { requiredKeys: ["sort", "descending"] },
  )
  // One filter in three is enough: of all at once nothing is left.
  .chain((filter) =>
    fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }).map((kept) => {
      const entries = Object.entries(filter).filter(
        ([name], at) =>
          name === "sort" ||
          name === "descending" ||
          (kept[at] && at % 2 === 0) ||
          kept[(at + 5) % 11],
      );
      return Object.fromEntries(entries) as unknown as TokenFilter;
    }),
  );

/** What a filter selects, and in which order, by the plainest of means. */
export function evaluate(tokens: readonly Known[], filter: TokenFilter): Known[] {
  const now = new Date();
  const selected = tokens.filter((token) => matches(token, filter, now));
  const keyed = selected.map((token) => ({ token, key: sortKey(token, filter, now) }));
  keyed.sort((a, b) => compare(a.key, b.key) || a.token.id - b.token.id);
  const ordered = keyed.map(({ token }) => token);
  return filter.descending ? ordered.reverse() : ordered;
}

function matches(token: Known, filter: TokenFilter, now: Date): boolean {
  const checks: boolean[] = [
    filter.kind === undefined
      ? token.kind !== "session"
      : filter.kind === "all" || token.kind === filter.kind,
    filter.search === undefined || isFound(token, filter.search),
    filter.owner === undefined || isOwnedBy(token, filter.owner.toLowerCase()),
    filter.ownerRole === undefined || token.ownerRole === filter.ownerRole,
    filter.ownerState === undefined || token.ownerEnabled === (filter.ownerState === "enabled"),
    filter.state === undefined || isInState(token, filter.state, now),
    filter.expiry === undefined || isTime(filter.expiry, token.expiresAt, now, "coming"),
    filter.created === undefined || isTime(filter.created, token.createdAt, now, "past"),
    filter.lastUse === undefined || isLastUse(token, filter.lastUse, now),
    filter.lifetime === undefined || isLifetime(token, filter.lifetime),
    filter.address === undefined ||
      token.addresses.some((at) => isWithin(at, filter.address ?? "")),
  ];
  return checks.every(Boolean);
}

function isFound({ name, description, ownerKey }: Known, search: string): boolean {
  const wanted = search.toLowerCase();
  if ([...search].length >= 3) {
    return `${name} ${description.toLowerCase()} ${ownerKey}`.includes(wanted);
  }
  return description.toLowerCase().startsWith(wanted) || ownerKey.startsWith(wanted);
}

function isOwnedBy({ ownerKey }: Known, owner: string): boolean {
  return owner.startsWith("=") ? ownerKey === owner.slice(1) : ownerKey.startsWith(owner);
}

function isInState(token: Known, state: string, now: Date): boolean {
  const actual = tokenState(token, now);
  return state === "live" ? actual === "active" || actual === "expires-soon" : actual === state;
}

function isTime(filter: string, at: Date | null, now: Date, way: "coming" | "past"): boolean {
  if (filter === "never" || at === null) return filter === "never" && at === null;
  const [, later, count, unit] = /^(>?)(\d+)([hd])$/.exec(filter) ?? [];
  if (count === undefined) return isDay(filter, at.toISOString().slice(0, 10));
  const ms = Number(count) * (unit === "h" ? 3_600_000 : DAY_MS);
  const away = at.getTime() - now.getTime();
  if (way === "coming") return later ? away >= ms : away >= 0 && away < ms;
  return later ? -away > ms : -away <= ms;
}

function isDay(filter: string, date: string): boolean {
  const [first = "", last = first] = filter.replace(/^[<>]/, "").split("..");
  if (filter.startsWith("<")) return date < first;
  return filter.startsWith(">") ? date > first : date >= first && date <= last;
}

function isLastUse(token: Known, filter: string, now: Date): boolean {
  if (!filter.startsWith("not-")) return isTime(filter, token.lastUsedAt, now, "past");
  const span = `>${filter.slice(4)}`;
  const isUnused = token.lastUsedAt === null || isTime(span, token.lastUsedAt, now, "past");
  return isUnused && isTime(span, token.createdAt, now, "past");
}

function isLifetime({ ttlMs, kind }: Known, filter: string): boolean {
  const ms = ttlMs < 0 ? Number.POSITIVE_INFINITY : ttlMs;
  if (filter === "over-max") return kind !== "session" && ms > TTL_MS_MAX;
  return ms > Number.parseInt(filter.slice(1), 10) * DAY_MS;
}

function isWithin(address: string, network: string): boolean {
  if (network.includes(":")) return address.includes(":");
  const [begin = "", prefix = "32"] = network.split("/");
  const value = (text: string) =>
    text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(value(address) / size) === Math.floor(value(begin) / size);
}

// Text in the order of its bytes, as PostgreSQL's collation "C" has it.
const bytes = (text: string) => Buffer.from(text).toString("hex");

function sortKey(token: Known, filter: TokenFilter, now: Date): (string | number)[] {
  const expires = token.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  switch (filter.sort) {
    case "name":
      return [bytes(token.name)];
    case "description":
      return [bytes(token.description.toLowerCase().slice(0, 64))];
    case "kind":
      return [bytes(token.kind)];
    case "owner":
      return [bytes(token.ownerKey)];
    case "state":
      return [token.enabled ? 1 : 0, expires];
    case "expires":
      return [expires];
    case "last-used":
      return [token.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY];
    case "created":
      return [token.createdAt.getTime()];
    case "risk":
      return [assessRisk(token, { ttlMsMax: TTL_MS_MAX, now }).score];
  }
}

function compare(left: (string | number)[], right: (string | number)[]): number {
  for (const [at, value] of left.entries()) {
    const other = right[at] ?? 0;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
