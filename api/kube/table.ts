import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import { INFINITE_TTL_MS } from "@/domain/tokens/lifecycle";
import type { Token } from "@/domain/tokens/token";
import { humanDuration } from "./human-duration";
import { type Form, negotiate, PLAIN_JSON } from "./negotiate";
import { toResource } from "./resource";

const TABLE = { mediaType: "application/json", as: "Table", group: "meta.k8s.io" };
const FORMS: readonly [Form, ...Form[]] = [
  PLAIN_JSON,
  { ...TABLE, version: "v1" },
  { ...TABLE, version: "v1beta1" },
];

const WIDE_ONLY = 1;
const COLUMNS = [
  column("Name", "The name of the token.", { format: "name" }),
  column("User", "The user who owns the token.", { priority: WIDE_ONLY }),
  column("Kind", "session for a sign-in, empty for a derived token or what its owner says."),
  column("TTL", "The whole lifetime, counted from creation."),
  column("Age", "The time since creation."),
  column("Description", "What the token is for.", { priority: WIDE_ONLY }),
];

const INCLUDED = ["Metadata", "Object", "None"] as const;

export interface TableForm {
  version: string;
  /** What comes with each row: its metadata, the whole object or nothing. */
  includeObject: (typeof INCLUDED)[number];
}

/** The table that a request asks for by Accept and includeObject; null when it wants objects. */
export function requestedTable(context: Context): TableForm | null {
  const includeObject = context.req.query("includeObject") || "Metadata";
  const included = INCLUDED.find((value) => value === includeObject);
  if (!included) {
    throw new DomainError("badRequest", "includeObject must be Metadata, Object or None");
  }
  const { as, version } = negotiate(context, FORMS);
  return as === "Table" && version ? { version, includeObject: included } : null;
}

/** Tokens as a Table (semantics section 5), as kubectl prints it; `now` is what ages are told by. */
export function toTable(
  tokens: readonly Token[],
  form: TableForm,
  { now, metadata = {} }: { now: Date; metadata?: Record<string, unknown> },
) {
  const rows = tokens.map((token) => toRow(token, form, now));
  return { ...tableHead(form), metadata, rows };
}

/** What is the same of every table of a form. */
export function tableHead(form: TableForm) {
  return {
    kind: "Table",
    apiVersion: `meta.k8s.io/${form.version}`,
    columnDefinitions: COLUMNS,
  };
}

export function toRow(token: Token, form: TableForm, now: Date) {
  return { cells: toCells(token, now), ...toObject(token, form) };
}

function toCells(token: Token, now: Date): string[] {
  return [
    token.name,
    token.ownerId,
    token.kind,
    token.ttlMs === INFINITE_TTL_MS ? "never" : humanDuration(token.ttlMs),
    humanDuration(now.getTime() - token.createdAt.getTime()),
    token.description,
  ];
}

function toObject(token: Token, { version, includeObject }: TableForm) {
  if (includeObject === "None") return {};
  const resource = toResource(token);
  if (includeObject === "Object") return { object: resource };
  const apiVersion = `meta.k8s.io/${version}`;
  return { object: { kind: "PartialObjectMetadata", apiVersion, metadata: resource.metadata } };
}

function column(
  name: string,
  description: string,
  { format = "", priority = 0 }: { format?: string; priority?: number } = {},
) {
  return { name, type: "string", format, description, priority };
}
