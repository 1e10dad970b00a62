/**
 * A request that must be refused, and how. `{name}` in a path is the token of the caller, `{user}`
 * somebody else's id.
 */
export interface BadRequest {
  method: string;
  path: string;
  status: number;
  reason: string;
  /** The fields of the causes, joined by a space; none by default. */
  fields?: string;
  headers?: [string, string][];
  body?: string | Uint8Array;
  /** Without the caller's own Authorization header. */
  isAnonymous?: true;
  /** By an administrator instead of a user. */
  byAdmin?: true;
}

export type Rest = Partial<Omit<BadRequest, "method" | "path">>;

export const JSON_TYPE = "application/json";
const YAML = "application/yaml";
export const MERGE = "application/merge-patch+json";
export const JSON_PATCH = "application/json-patch+json";

export const bad =
  (status: number, reason: string) =>
  (method: string, path: string, rest: Rest = {}): BadRequest => ({
    method,
    path,
    status,
    reason,
    ...rest,
  });
export const refused = bad(400, "BadRequest");
export const unauthorized = bad(401, "Unauthorized");
export const forbidden = bad(403, "Forbidden");
export const missing = bad(404, "NotFound");
export const notAllowed = bad(405, "MethodNotAllowed");
export const notAcceptable = bad(406, "NotAcceptable");
export const conflict = bad(409, "Conflict");
export const tooLarge = bad(413, "RequestEntityTooLarge");
export const unsupported = bad(415, "UnsupportedMediaType");
export const invalid = bad(422, "Invalid");

export const sent = (contentType: string, body: unknown): Rest => ({
  headers: [["content-type", contentType]],
  body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
});
export const json = (body: unknown) => sent(JSON_TYPE, body);
export const yaml = (body: string) => sent(YAML, body);
export const merge = (body: unknown) => sent(MERGE, body);
export const operations = (...body: unknown[]) => sent(JSON_PATCH, body);
export const accepts = (accept: string): Rest => ({ headers: [["accept", accept]] });
export const authorized = (...values: string[]): Rest => ({
  isAnonymous: true,
  headers: values.map((value) => ["authorization", value]),
});
export const nested = (open: string, inner: string, close: string, levels: number) =>
  open.repeat(levels) + inner + close.repeat(levels);
