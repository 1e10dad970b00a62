import type { z } from "zod";

/** A resource that this API serves, as discovery, OpenAPI and refusals tell of it. */
export interface ApiResource {
  name: string;
  singularName: string;
  kind: string;
  verbs: readonly string[];
  schema: z.ZodObject;
  /** The schema of `<kind>List`, for what can be listed. */
  listSchema?: z.ZodObject;
  /** The path of a field in the resource, where the domain calls it otherwise. */
  fieldPaths?: Readonly<Record<string, string>>;
}

/** A kind of object, with what turns the domain's `T` into what is on the wire and back. */
export interface Kind<T> extends ApiResource {
  group: string;
  version: string;
  columns: readonly Column<T>[];
  /** Whoever names a new object is warned that the server has named it. */
  warnsOfNames?: true;
  /** Labels that the server alone sets. */
  serverLabels?: readonly string[];
  toResource: (object: T) => Resource;
  /** The domain's input of an update to the whole of a body. */
  toUpdateInput: (body: KindBody) => Record<string, unknown>;
}

/** A column of the table that kubectl prints; `now` is what ages are told by. */
export interface Column<T> {
  name: string;
  description: string;
  cell: (object: T, now: Date) => string;
  format?: "name";
  wideOnly?: true;
}

/** An object as it is on the wire. */
export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    uid?: string;
    resourceVersion: string;
    labels?: Record<string, string>;
  };
}

/** A body that is of a kind: its metadata is an object, the rest is for the domain to judge. */
export interface KindBody {
  metadata: Record<string, unknown>;
  [field: string]: unknown;
}

export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return `${group}/${version}`;
}

/** Kubernetes writes times without fractions; an expiry of a ttl with milliseconds keeps them. */
export function toTime(instant: Date): string {
  return instant.toISOString().replace(".000Z", "Z");
}
