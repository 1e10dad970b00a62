import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import type { TokenRow } from "@/db/token-parts";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { type Columns, type ExportFile, type ExportFormat, toFile } from "../exports/file";
import type { ListScope } from "./conditions";
import {
  activeFields,
  FILTER_FIELDS,
  NEWEST_FIRST,
  type TokenFilter,
  toQueryString,
} from "./filter";
import { tokenState } from "./lifecycle";
import { visibleOwner } from "./policy";
import { assessRisk, type Risk } from "./risk";
import { selectRows } from "./select";

interface Row {
  token: TokenRow;
  risk: Risk;
}

const COLUMNS: Columns<Row> = {
  name: ({ token }) => token.name,
  owner: ({ token }) => token.ownerName,
  ownerRole: ({ token }) => token.ownerRole,
  ownerState: ({ token }) => (token.ownerEnabled ? "enabled" : "disabled"),
  description: ({ token }) => token.description,
  kind: ({ token }) => token.kind,
  state: ({ token }) => tokenState(token, token.readAt),
  createdAt: ({ token }) => token.createdAt,
  expiresAt: ({ token }) => token.expiresAt,
  ttlMs: ({ token }) => token.ttlMs,
  lastUsedAt: ({ token }) => token.lastUsedAt,
  lastUsedAddress: ({ token }) => token.lastUsedAddress,
  lastUsedUserAgent: ({ token }) => token.lastUsedUserAgent,
  networks: ({ token }) => token.networks,
  risk: ({ risk }) => risk.score,
  riskReasons: ({ risk }) => risk.reasons,
  enabled: ({ token }) => token.enabled,
};

// So many at once are sent whole while the ones before are worked on, and two such parts are little memory.
const PART_SIZE = 1_000;

/**
 * Every token that the filter selects for this actor, in the order of creation, with the filter and
 * the time on top. No secret and no hash is ever in it. That it was made is an event.
 */
export async function exportTokens(
  actor: Actor,
  filter: TokenFilter,
  format: ExportFormat,
  scope: ListScope = {},
): Promise<ExportFile> {
  const wanted = withoutOrder(filter);
  const restrictions = Object.fromEntries(
    activeFields(wanted).map((field) => [FILTER_FIELDS[field].parameter, wanted[field]]),
  );
  const ownerId = scope.ownOnly && actor.kind === "user" ? actor.userId : visibleOwner(actor);
  const whose = ownerId === undefined ? "everybody's" : "own";
  const object = { kind: "inventory", name: "tokens", ownerId: ownerId ?? null } as const;
  const after = { format, whose, filter: restrictions };
  const event = auditEvent(actor, "token.export", object, { after });
  await transaction((tx) => insertAuditEvent(tx, event));
  return toFile({
    words: ["latchkey-tokens"],
    format,
    columns: COLUMNS,
    parts: rowsOf(actor, wanted, scope),
    about: {
      title: `Tokens of Latchkey, ${whose === "own" ? `of ${actor.username}` : "of everybody"}`,
      kind: "TokenExport",
      query: toQueryString(wanted),
      facts: { whose, exportedBy: actor.username, filter: restrictions },
    },
  });
}

async function* rowsOf(actor: Actor, filter: TokenFilter, scope: ListScope): AsyncGenerator<Row[]> {
  const parts = selectRows(actor, filter, { ...scope, partSize: PART_SIZE });
  for await (const { rows, ttlMsMax } of parts) {
    yield rows.map((token) => ({
      token,
      risk: assessRisk(token, { ttlMsMax, now: token.readAt }),
    }));
  }
}

// A file is sorted by whoever reads it, and has no pages.
function withoutOrder(filter: TokenFilter): TokenFilter {
  const { after: _after, before: _before, ...kept } = filter;
  return { ...kept, ...NEWEST_FIRST };
}
