import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import type { Column, Kind } from "./kind";
import { type Form, negotiate, PLAIN_JSON } from "./negotiate";

const TABLE = { mediaType: "application/json", as: "Table", group: "meta.k8s.io" };
const FORMS: readonly [Form, ...Form[]] = [
  PLAIN_JSON,
  { ...TABLE, version: "v1" },
  { ...TABLE, version: "v1beta1" },
];

// kubectl leaves columns of a higher priority than 0 to `-o wide`.
const WIDE_ONLY = 1;

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

/** Objects as a Table, as kubectl prints it; `now` is what ages are told by. */
export function toTable<T>(
  kind: Kind<T>,
  objects: readonly T[],
  form: TableForm,
  { now, metadata = {} }: { now: Date; metadata?: Record<string, unknown> },
) {
  const rows = objects.map((object) => toRow(kind, object, form, now));
  return { ...tableHead(kind, form), metadata, rows };
}

/** What is the same of every table of a kind and form. */
export function tableHead<T>(kind: Kind<T>, form: TableForm) {
  return {
    kind: "Table",
    apiVersion: `meta.k8s.io/${form.version}`,
    columnDefinitions: kind.columns.map(toDefinition),
  };
}

export function toRow<T>(kind: Kind<T>, object: T, form: TableForm, now: Date) {
  const cells = kind.columns.map(({ cell }) => cell(object, now));
  return { cells, ...toObject(kind, object, form) };
}

function toObject<T>(kind: Kind<T>, object: T, { version, includeObject }: TableForm) {
  if (includeObject === "None") return {};
  const resource = kind.toResource(object);
  if (includeObject === "Object") return { object: resource };
  const apiVersion = `meta.k8s.io/${version}`;
  return { object: { kind: "PartialObjectMetadata", apiVersion, metadata: resource.metadata } };
}

function toDefinition<T>({ name, description, format, wideOnly }: Column<T>) {
  const priority = wideOnly ? WIDE_ONLY : 0;
  return { name, type: "string", format: format ?? "", description, priority };
}
