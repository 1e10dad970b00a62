import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditOutcome } from "./actions";

const HOUR_MS = 3_600_000;

export const SINCE_WINDOWS = {
  "1h": { label: "Last hour", ms: HOUR_MS },
  "24h": { label: "Last 24 hours", ms: 24 * HOUR_MS },
  "7d": { label: "Last 7 days", ms: 7 * 24 * HOUR_MS },
  "30d": { label: "Last 30 days", ms: 30 * 24 * HOUR_MS },
} as const;
type Since = keyof typeof SINCE_WINDOWS;

/** What a list of events shows; the URL is its only home. Absent fields do not restrict. */
export interface AuditFilter {
  /** A user name or id. */
  actor?: string;
  owner?: string;
  /** The name of a token or setting, the name or id of a user. */
  object?: string;
  action?: AuditAction;
  outcome?: AuditOutcome;
  address?: string;
  request?: string;
  since?: Since;
  from?: Date;
  to?: Date;
  /** Positions in the list, of which at most one is given. */
  after?: AuditPosition;
  before?: AuditPosition;
}

/** Where an event stands: newer events have greater ones. */
export interface AuditPosition {
  atMs: number;
  seq: number;
}

export type AuditParams = Record<string, string | string[] | undefined>;

export interface ParsedAuditFilter {
  filter: AuditFilter;
  /** What could not be understood and was left out, in sentences for whoever asked. */
  problems: string[];
}

export const FILTER_NAMES = {
  actor: "Actor",
  owner: "Owner",
  object: "Object",
  action: "Action",
  outcome: "Outcome",
  address: "Address",
  request: "Request",
  since: "Since",
  from: "From",
  to: "Until",
} as const;
type FilterName = keyof typeof FILTER_NAMES;

const TEXT_LENGTH_MAX = 256;

/** Reads a filter from search parameters. What is unknown is left out and told; nothing throws. */
export function parseAuditFilter(params: AuditParams): ParsedAuditFilter {
  const filter: AuditFilter = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    const values = Array.isArray(value) ? value : [value ?? ""];
    if (values.length > 1) {
      problems.push(`“${shown(name)}” is given more than once: the first counts.`);
    }
    const read = readParameter(name, values[0]?.trim() ?? "");
    if (typeof read === "string") problems.push(read);
    else Object.assign(filter, read);
  }
  if (filter.since && (filter.from || filter.to)) {
    delete filter.since;
    problems.push("“since” was left out: from and to are given.");
  }
  if (filter.after && filter.before) delete filter.after;
  return { filter, problems };
}

// A part of the filter, or what is wrong with it.
function readParameter(name: string, text: string): Partial<AuditFilter> | string {
  if (!Object.hasOwn(READERS, name)) return `There is no filter “${shown(name)}”.`;
  if (text === "") return {};
  const found = isText(text) ? READERS[name as keyof typeof READERS](text) : undefined;
  return found ?? `“${shown(text)}” is nothing that ${name} can be: it was left out.`;
}

/** The query string of a filter, `""` or beginning with `?`. */
export function toAuditQuery(filter: AuditFilter): string {
  const pairs = [
    ...Object.keys(FILTER_NAMES).flatMap((name) => {
      const text = filterText(filter, name as FilterName);
      return text ? [`${name}=${encodeURIComponent(text)}`] : [];
    }),
    ...(filter.after ? [`after=${toCursor(filter.after)}`] : []),
    ...(filter.before ? [`before=${toCursor(filter.before)}`] : []),
  ];
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** The same list from its first page with some of the filter changed; undefined takes it out. */
export function changeAuditFilter(
  { after: _after, before: _before, ...kept }: AuditFilter,
  changes: { [Name in keyof AuditFilter]?: AuditFilter[Name] | undefined },
): AuditFilter {
  const entries = Object.entries({ ...kept, ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries) as AuditFilter;
}

/** What restricts the list, each with its name and value as they stand in the URL. */
export function auditRestrictions(filter: AuditFilter): { name: FilterName; text: string }[] {
  return (Object.keys(FILTER_NAMES) as FilterName[]).flatMap((name) => {
    const text = filterText(filter, name);
    return text ? [{ name, text }] : [];
  });
}

function toCursor({ atMs, seq }: AuditPosition): string {
  return `${atMs}-${seq}`;
}

function filterText(filter: AuditFilter, name: FilterName): string | undefined {
  const value = filter[name];
  return value instanceof Date ? value.toISOString() : value;
}

type Reader = (text: string) => Partial<AuditFilter> | undefined;

const READERS: Record<FilterName | "after" | "before", Reader> = {
  actor: (actor) => ({ actor }),
  owner: (owner) => ({ owner }),
  object: (object) => ({ object }),
  action: (text) =>
    Object.hasOwn(AUDIT_ACTIONS, text) ? { action: text as AuditAction } : undefined,
  outcome: (text) =>
    Object.hasOwn(AUDIT_OUTCOMES, text) ? { outcome: text as AuditOutcome } : undefined,
  address: (address) => ({ address }),
  request: (request) => ({ request }),
  since: (text) => (Object.hasOwn(SINCE_WINDOWS, text) ? { since: text as Since } : undefined),
  from: (text) => instantOf("from", text),
  to: (text) => instantOf("to", text),
  after: (text) => positionOf("after", text),
  before: (text) => positionOf("before", text),
};

// A day, a minute or more of it; without a zone it is UTC. Years that PostgreSQL has too.
function instantOf(name: "from" | "to", text: string): Partial<AuditFilter> | undefined {
  const [, day, time = "00:00", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ??
    [];
  const at = new Date(`${day}T${time}${zone}`);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1970 ? undefined : { [name]: at };
}

function positionOf(name: "after" | "before", text: string): Partial<AuditFilter> | undefined {
  const [, atMs, seq] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  return atMs && seq ? { [name]: { atMs: Number(atMs), seq: Number(seq) } } : undefined;
}

function isText(text: string): boolean {
  return text.length <= TEXT_LENGTH_MAX && text.isWellFormed() && !text.includes("\u0000");
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
