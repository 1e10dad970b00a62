import type { FilterField } from "@/domain/tokens/filter";

const STATES: Record<string, string> = {
  active: "Active",
  "expires-soon": "Expires soon",
  expired: "Expired",
  disabled: "Disabled",
  live: "Active or expires soon",
};
const ROLES: Record<string, string> = {
  user: "Owner is a user",
  verifier: "Owner is a verifier",
  admin: "Owner is an administrator",
};
const KINDS: Record<string, string> = {
  session: "Sign-ins",
  all: "Tokens and sign-ins",
};

const TEXTS: Record<FilterField, (value: string) => string> = {
  search: (value) => `Contains “${value}”`,
  owner: (value) =>
    value.startsWith("=") ? `Owner is ${value.slice(1)}` : `Owner begins with ${value}`,
  ownerRole: (value) => ROLES[value] ?? value,
  ownerState: (value) => `Owner is ${value}`,
  kind: (value) => KINDS[value] ?? `Kind is ${value}`,
  state: (value) => STATES[value] ?? value,
  expiry: (value) =>
    windowText(value, {
      never: "Never expires",
      within: (span) => `Expires within ${span}`,
      beyond: (span) => `Expires in more than ${span}`,
      days: "Expires",
    }),
  created: (value) =>
    windowText(value, {
      within: (span) => `Created in the last ${span.replace(/^1 /, "")}`,
      beyond: (span) => `Created more than ${span} ago`,
      days: "Created",
    }),
  lastUse: (value) =>
    value.startsWith("not-")
      ? `Not used for ${spanWords(value.slice(4))}`
      : windowText(value, {
          never: "Never used",
          within: (span) => `Used in the last ${span.replace(/^1 /, "")}`,
          days: "Last used",
        }),
  lifetime: (value) =>
    value === "over-max"
      ? "Lives longer than the maximum"
      : `Lives longer than ${spanWords(value.slice(1))}`,
  address: (value) => `Used from ${value}`,
};

/** A filter's value in words, as its chip has it: "Not used for 90 days". */
export function filterText(field: FilterField, value: string): string {
  return TEXTS[field](value);
}

interface WindowWords {
  never?: string;
  within: (span: string) => string;
  beyond?: (span: string) => string;
  /** Before "on", "before", "after" and "from … to …". */
  days: string;
}

function windowText(value: string, words: WindowWords): string {
  if (value === "never") return words.never ?? value;
  const span = /^(>?)(\d+[hd])$/.exec(value);
  if (span?.[1]) return words.beyond?.(spanWords(span[2] ?? "")) ?? value;
  if (span) return words.within(spanWords(value));
  const [first = "", last] = value.replace(/^[<>]/, "").split("..");
  if (value.startsWith("<")) return `${words.days} before ${dayText(first)}`;
  if (value.startsWith(">")) return `${words.days} after ${dayText(first)}`;
  if (last === undefined || last === first) return `${words.days} on ${dayText(first)}`;
  return `${words.days} from ${dayText(first)} to ${dayText(last)}`;
}

function spanWords(span: string): string {
  const count = Number.parseInt(span, 10);
  const unit = span.endsWith("h") ? "hour" : "day";
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A day of UTC as people say it: "3 Dec 2026". */
export function dayText(day: string | Date): string {
  return dayFormat.format(typeof day === "string" ? new Date(`${day}T00:00:00Z`) : day);
}
