import { and, type SQL, sql } from "drizzle-orm";
import type { BulkAction } from "./bulk-jobs";
import { query, readWithin } from "./client";
import { type Role, tokens, tokenUses, users } from "./schema";
import { matching, type TokenConditions } from "./token-conditions";
import { type Count, countFlagged } from "./token-facets";

interface Target {
  conditions: TokenConditions;
  names: readonly string[] | undefined;
}

/** What the counts are about. */
export interface BulkQuestion extends Target {
  action: BulkAction;
  expiresAt: Date | null;
  /** The token that asks. */
  current: string;
  ttlMsMax: number | null;
}

/** How many there are, and how many of them something is to be said of; null: not counted in time. */
export type BulkCounts = Record<BulkFinding, Count | null> & { total: Count };

type BulkFinding = keyof ReturnType<typeof findings>;

export interface EndangeredToken {
  name: string;
  description: string;
  ownerName: string;
  ownerRole: Role;
  lastUsedAt: Date | null;
}

const FINDING_MS = 600;
const NAMED_MS = 1_500;

/** Counts up to `max`, each finding by itself where there are more. */
export async function countBulk(question: BulkQuestion, max: number): Promise<BulkCounts> {
  const each = Object.entries(findings(question));
  const flags = each.map(([, is]) => is);
  const [total = 0, ...found] = await query((db) => countFlagged(db, within(question), flags, max));
  const isMore = total > max;
  const counted: [string, Count | null][] = [];
  for (const [at, [finding, is]] of each.entries()) {
    const exact = { count: found[at] ?? 0, isMore: false };
    counted.push([finding, isMore ? await countApart(question, is, max) : exact]);
  }
  return {
    ...(Object.fromEntries(counted) as Record<BulkFinding, Count | null>),
    total: { count: Math.min(total, max), isMore },
  };
}

async function countApart(question: BulkQuestion, is: SQL, max: number): Promise<Count | null> {
  const rows = await readWithin(FINDING_MS, (tx) =>
    tx.execute<{ count: string }>(sql`
      select count(*) as count from (select 1 ${within(question)} and (${is}) limit ${max + 1}) found`),
  );
  const count = Number(rows?.[0]?.count);
  return rows ? { count: Math.min(count, max), isMore: count > max } : null;
}

/** The tokens that are in use or an administrator's, those used last first; null: not in time. */
export async function nameEndangered(
  question: BulkQuestion,
  limit: number,
): Promise<EndangeredToken[] | null> {
  const { usedLately, admins, same } = findings(question);
  const rows = await readWithin(NAMED_MS, (tx) =>
    tx.execute<Record<string, string>>(sql`
      select ${tokens.name} as name, ${tokens.description} as description,
        ${users.username} as owner_name, ${users.role} as owner_role,
        nullif(${tokenUses.lastUsedAt}, '-infinity') as last_used_at
      ${within(question)} and not (${same}) and ((${usedLately}) or (${admins}))
      order by ${tokenUses.lastUsedAt} desc limit ${limit}`),
  );
  return (
    rows?.map((row) => ({
      name: String(row.name),
      description: String(row.description),
      ownerName: String(row.owner_name),
      ownerRole: row.owner_role as Role,
      lastUsedAt: row.last_used_at ? new Date(row.last_used_at) : null,
    })) ?? null
  );
}

/** Of these names. As JSON, because a list of any length is one parameter so. */
export function listedNames(names: readonly string[]): SQL {
  return sql`${tokens.name} in
    (select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb))`;
}

function within({ conditions, names }: Target): SQL {
  const all = matching(conditions, { withOwners: true, withUses: true });
  return names ? sql`${all} and ${listedNames(names)}` : all;
}

function findings({ action, expiresAt, current, ttlMsMax }: BulkQuestion) {
  const until = expiresAt
    ? sql`${expiresAt.toISOString()}::text::timestamptz`
    : sql`'infinity'::timestamptz`;
  const isAbove =
    action === "extend" && ttlMsMax !== null
      ? sql`${until} > ${tokens.createdAt} + ${ttlMsMax}::bigint * interval '1 millisecond'`
      : sql`false`;
  const isLive = sql`${tokens.enabled} and ${tokens.expiresAt} >= now() and ${users.enabled}`;
  return {
    /** As they are to be already. */
    same: {
      disable: sql`not ${tokens.enabled}`,
      enable: sql`${tokens.enabled}`,
      delete: sql`false`,
      extend: sql`${tokens.expiresAt} >= ${until}`,
      shorten: sql`${tokens.expiresAt} <= ${until}`,
    }[action],
    usedLately: sql`${and(isLive, sql`${tokenUses.lastUsedAt} > now() - interval '24 hours'`)}`,
    admins: sql`${users.role} = 'admin'`,
    disabledOwners: sql`not ${users.enabled}`,
    expired: sql`${tokens.enabled} and ${tokens.expiresAt} < now()`,
    /** Cannot live that long. */
    aboveMaximum: isAbove,
    current: sql`${tokens.name} = ${current}`,
  };
}
