import fc from "fast-check";
import { bodiesOf } from "./bodies";
import { hostileText } from "./hostile";
import type { Described, Operation } from "./operations";

/** A request that is sent as somebody; `{name}` in its path is filled in by who sends it. */
export interface Asked {
  who: "nobody" | "user" | "verifier" | "admin" | "garbled";
  method: string;
  path: string;
  query: string;
  headers: [string, string][];
  body: string | Uint8Array | undefined;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];
const PARAMETERS =
  "limit continue labelSelector fieldSelector watch resourceVersion resourceVersionMatch timeoutSeconds allowWatchBookmarks dryRun fieldValidation fieldManager includeObject pretty access_token q state kind owner used expires created sort format risk ip actor action outcome since until before after view hash token __proto__".split(
    " ",
  );
const MEDIA_TYPES = [
  "application/json",
  "application/yaml",
  "application/merge-patch+json",
  "application/json-patch+json",
  "application/strategic-merge-patch+json",
  "application/vnd.kubernetes.protobuf",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain; charset=utf-16",
  "application/json; charset=\u00e4",
  "",
];
const ACCEPTS = [
  "*/*",
  "application/json;as=Table;g=meta.k8s.io;v=v1",
  "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
  "application/vnd.kubernetes.protobuf",
  "application/json;q=0",
  "text/html",
  "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
];
const PATHS = ["/apis/x/y/z", "/api/v1", "/openapi/v9", "/v1-public/x", "//apis", "/oauth2/token"];

/** Requests for everything there is: right, nearly right, and hostile. */
export function requestsOf(described: Described): fc.Arbitrary<Asked> {
  const other = fc.record({
    method: fc.constantFrom(...METHODS),
    path: fc.constantFrom(...PATHS),
    parameters: fc.constant([]),
    mediaTypes: fc.constant([]),
    body: fc.constant(undefined),
  });
  return fc
    .oneof(
      { weight: 30, arbitrary: fc.constantFrom(...described.operations) },
      { weight: 1, arbitrary: other },
    )
    .chain((operation) => requestOf(operation, described.schemas));
}

function requestOf(operation: Operation, schemas: Described["schemas"]): fc.Arbitrary<Asked> {
  return fc.record({
    who: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("user", "admin", "verifier") },
      { weight: 1, arbitrary: fc.constantFrom("nobody", "garbled") },
    ),
    method: methodOf(operation),
    path: pathOf(operation),
    query: queryOf(operation),
    headers: headersOf(operation),
    body: bodiesOf(operation, schemas),
  });
}

function methodOf({ method }: Operation): fc.Arbitrary<string> {
  const any = fc.constantFrom(...METHODS);
  if (method === "*") return fc.oneof({ weight: 3, arbitrary: fc.constant("POST") }, any);
  return fc.oneof({ weight: 8, arbitrary: fc.constant(method) }, any);
}

function pathOf({ path }: Operation): fc.Arbitrary<string> {
  if (!path.includes("{name}")) {
    const spoilt = fc.constantFrom("/", "//", "/%00", "/status", ";x", "%2f", "%zz", "/..%2f");
    return fc.oneof(
      { weight: 20, arbitrary: fc.constant(path) },
      spoilt.map((end) => path + end),
    );
  }
  const hostile = fc.oneof(
    hostileText.map((text) => encodeURIComponent(text.toWellFormed().slice(0, 500))),
    fc.constantFrom("%zz", "%00", "..%2f", "%ff", "."),
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(path) },
    hostile.map((name) => path.replace("{name}", name)),
  );
}

function queryOf({ parameters }: Operation): fc.Arbitrary<string> {
  const name = fc.oneof(fc.constantFrom(...PARAMETERS, ...parameters), hostileText);
  const value = fc.oneof(
    hostileText,
    fc.constantFrom("All", "Strict", "Warn", "true", "1", "0", "-1", "99999999999", "a in (b,c)"),
    fc.constantFrom("metadata.name=x", "a=b,!c", "a==b==c", "spec.kind!=session"),
  );
  const encoded = fc
    .array(fc.tuple(name, value), { maxLength: 4 })
    .map((pairs) => new URLSearchParams(pairs).toString());
  const raw = fc.constantFrom("&&=&", "limit", "%zz=%", "dryRun=All&dryRun=None", "a[]=b");
  const usual = fc.constantFrom("", "", "", "dryRun=All", "fieldValidation=Strict");
  return fc.oneof(
    { weight: 8, arbitrary: usual },
    { weight: 2, arbitrary: encoded },
    { weight: 1, arbitrary: raw },
  );
}

function headersOf({ mediaTypes }: Operation): fc.Arbitrary<[string, string][]> {
  const type = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...(mediaTypes.length > 0 ? mediaTypes : [""])) },
    { weight: 1, arbitrary: fc.constantFrom(...MEDIA_TYPES) },
  );
  const accept = fc.oneof(
    { weight: 8, arbitrary: fc.constant("application/json") },
    fc.constantFrom(...ACCEPTS),
  );
  const sendable = hostileText.map((text) => text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, "?"));
  const names = ["x-forwarded-for", "x-request-id", "user-agent", "if-match", "cookie", "origin"];
  const more = fc.array(fc.tuple(fc.constantFrom(...names, "content-encoding"), sendable), {
    maxLength: 2,
  });
  return fc
    .tuple(type, accept, fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, more))
    .map(([of, wanted, rest]) => [
      ...(of === "" ? [] : [["content-type", of] satisfies [string, string]]),
      ["accept", wanted],
      ...rest,
    ]);
}

/** Whether this is a request whose answer may have no end. */
export function isWatch({ query }: Asked): boolean {
  return /(^|&)watch=(1|true|t|T|TRUE|True)/.test(query);
}

export const garbled = fc.oneof(
  fc.constantFrom(
    "Bearer",
    "Bearer ",
    "Bearer a b",
    "Basic !!",
    "Bearer ext/token-x:y",
    "Digest x",
  ),
  fc.string({ maxLength: 40 }).map((text) => `Bearer ${text}`),
);
