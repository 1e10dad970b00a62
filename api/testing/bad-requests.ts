import { gzipSync } from "node:zlib";
import {
  accepts,
  authorized,
  type BadRequest,
  bad,
  conflict,
  forbidden,
  invalid,
  JSON_PATCH,
  JSON_TYPE,
  json,
  MERGE,
  merge,
  missing,
  nested,
  notAcceptable,
  notAllowed,
  operations,
  refused,
  sent,
  tooLarge,
  unauthorized,
  unsupported,
  yaml,
} from "./bad-request";
import { TOKENS } from "./client";

const TOKEN = `${TOKENS}/{name}`;
const MISSING = `${TOKENS}/token-bcdfghjklm`;
const WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const CAN = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const TABLE = "application/json;as=Table;g=meta.k8s.io";

const invalidSpec = (spec: unknown, fields: string) =>
  invalid("POST", TOKENS, { ...json({ spec }), fields });

export const BAD_METHODS: BadRequest[] = [
  notAllowed("PUT", TOKENS, json({})),
  notAllowed("PATCH", TOKENS, merge({})),
  notAllowed("PROPFIND", TOKENS),
  notAllowed("POST", TOKEN, json({})),
  notAllowed("LOCK", TOKEN),
  notAllowed("POST", "/api"),
  notAllowed("PUT", "/apis"),
  notAllowed("DELETE", "/apis/ext.cattle.io"),
  notAllowed("POST", "/apis/ext.cattle.io/v1"),
  notAllowed("PATCH", "/version"),
  notAllowed("POST", "/openapi/v2"),
  notAllowed("PUT", "/openapi/v3"),
  notAllowed("DELETE", "/openapi/v3/apis/ext.cattle.io/v1"),
  notAllowed("GET", WHO),
  notAllowed("DELETE", WHO),
  notAllowed("GET", CAN),
  notAllowed("PUT", CAN, json({})),
  notAllowed("GET", "/v1-public/login"),
  notAllowed("POST", "/healthz"),
  notAllowed("DELETE", "/readyz"),
  notAllowed("POST", "/metrics"),
];

export const BAD_PATHS: BadRequest[] = [
  missing("GET", "/apis/ext.cattle.io/v2"),
  missing("GET", "/apis/ext.cattle.io/v2/tokens"),
  missing("GET", "/apis/ext.cattle.io/v1/secrets"),
  missing("GET", "/apis/ext.cattle.io/v1/namespaces/default/tokens"),
  missing("GET", "/apis/nothing.example.com"),
  missing("GET", "/apis/__proto__/constructor"),
  missing("GET", "/api/v1"),
  missing("GET", "/api/v1/namespaces"),
  missing("GET", "/openapi"),
  missing("GET", "/openapi/v4"),
  missing("GET", "/openapi/v3/apis/nothing/v1"),
  missing("GET", `${TOKEN}/status`),
  missing("PUT", `${TOKEN}/scale`, json({})),
  missing("GET", MISSING),
  missing("GET", `${TOKENS}/%00`),
  missing("GET", `${TOKENS}/..%2f..%2fversion`),
  missing("GET", `${TOKENS}/${"a".repeat(1_000)}`),
  missing("PUT", MISSING, json({})),
  missing("PATCH", MISSING, merge({ spec: { ttl: "x" } })),
  missing("PATCH", MISSING, operations({ op: "test", path: "/spec/ttl", value: 1 })),
  missing("DELETE", MISSING),
];

export const BAD_CREDENTIALS: BadRequest[] = [
  unauthorized("GET", TOKENS, { isAnonymous: true }),
  unauthorized("GET", TOKENS, authorized("Bearer")),
  unauthorized("GET", TOKENS, authorized("Bearer ")),
  unauthorized("GET", TOKENS, authorized("Bearer x")),
  unauthorized("GET", TOKENS, authorized("Bearer ext/token-bcdfghjklm:x")),
  unauthorized("GET", TOKENS, authorized(`Bearer ext/token-bcdfghjklm:${"b".repeat(54)}`)),
  unauthorized("GET", TOKENS, authorized(`Bearer ${"x".repeat(10_000)}`)),
  unauthorized("GET", TOKENS, authorized("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.")),
  unauthorized("GET", TOKENS, authorized("Basic !!!!")),
  unauthorized("GET", TOKENS, authorized("Basic YWRtaW46YWRtaW4=")),
  unauthorized("GET", TOKENS, authorized("Digest username=admin")),
  unauthorized("GET", TOKENS, authorized("Bearer {bearer}", "Bearer {bearer}")),
  unauthorized("GET", TOKENS, authorized("Bearer {bearer}", "Bearer x")),
  unauthorized("GET", TOKENS, authorized("Bearer x", "Bearer {bearer}")),
  unauthorized("GET", TOKENS, authorized("Bearer {bearer}, Bearer {bearer}")),
  unauthorized("GET", TOKENS, {
    isAnonymous: true,
    headers: [["cookie", "next-auth.session-token={bearer}"]],
  }),
  unauthorized("GET", TOKENS, { isAnonymous: true, headers: [["x-api-key", "{bearer}"]] }),
  refused("GET", `${TOKENS}?access_token={bearer}`, { isAnonymous: true }),
  unauthorized("POST", TOKENS, { isAnonymous: true, ...json("{") }),
  unauthorized("POST", WHO, { isAnonymous: true, ...json({}) }),
  unauthorized("GET", "/apis", { isAnonymous: true }),
  unauthorized("GET", "/apis/ext.cattle.io/v1", { isAnonymous: true }),
  unauthorized("GET", "/openapi/v3", { isAnonymous: true }),
];

export const BAD_ACCEPTS: BadRequest[] = [
  notAcceptable("GET", TOKENS, accepts("text/html")),
  notAcceptable("GET", TOKENS, accepts("image/*, text/*;q=0.5")),
  notAcceptable("GET", TOKENS, accepts("application/vnd.kubernetes.protobuf")),
  notAcceptable("GET", TOKENS, accepts("application/yaml")),
  notAcceptable("GET", TOKENS, accepts("application/json;q=0")),
  notAcceptable("GET", TOKENS, accepts("*/*;q=0")),
  notAcceptable("GET", TOKENS, accepts("application/json;q=0, application/*;q=0")),
  notAcceptable("GET", TOKENS, accepts(`${TABLE};v=v2`)),
  notAcceptable("GET", TOKENS, accepts("application/json;as=Table")),
  notAcceptable("GET", TOKEN, accepts("application/json;as=Chair;g=meta.k8s.io;v=v1")),
  notAcceptable("POST", TOKENS, { ...json({}), headers: [["accept", `${TABLE};v=v1`]] }),
  notAcceptable("DELETE", TOKEN, accepts("text/plain")),
  notAcceptable("GET", "/apis", accepts("text/html")),
  notAcceptable(
    "GET",
    "/apis",
    accepts("application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList"),
  ),
  notAcceptable("GET", "/openapi/v2", accepts("application/openapi+yaml")),
  notAcceptable("GET", "/openapi/v3", accepts("text/html")),
  notAcceptable("GET", "/version", accepts("text/html")),
];

export const BAD_MEDIA_TYPES: BadRequest[] = [
  ...["text/plain", "application/x-www-form-urlencoded", "application/xml", "application/cbor"].map(
    (type) => unsupported("POST", TOKENS, sent(type, "{}")),
  ),
  unsupported("POST", TOKENS, sent("application/vnd.kubernetes.protobuf", "k8s\0")),
  unsupported("POST", TOKENS, sent(MERGE, {})),
  unsupported("POST", TOKENS, sent(";;;", {})),
  unsupported("PUT", TOKEN, sent(JSON_PATCH, [])),
  unsupported("PATCH", TOKEN, json({})),
  unsupported("PATCH", TOKEN, yaml("{}")),
  unsupported("PATCH", TOKEN, sent("application/strategic-merge-patch+json", {})),
  unsupported("PATCH", TOKEN, sent("application/apply-patch+yaml", "{}")),
  unsupported("DELETE", TOKEN, sent("text/plain", "{}")),
  unsupported("POST", WHO, sent("text/plain", "{}")),
  unsupported("POST", TOKENS, {
    headers: [
      ["content-type", JSON_TYPE],
      ["content-encoding", "gzip"],
    ],
    body: gzipSync("{}"),
  }),
];

export const BAD_BODIES: BadRequest[] = [
  ...["", "{", "{,}", "{'a':1}", "{a:1}", '{"a":NaN}', "{}//", "{}{}", "undefined", "\0"].map(
    (body) => refused("POST", TOKENS, json(body)),
  ),
  ...["[]", "null", "1", '"x"', "true"].map((body) => refused("POST", TOKENS, json(body))),
  refused("POST", TOKENS, json(Uint8Array.from([0x7b, 0xff, 0x7d]))),
  refused("POST", TOKENS, json(Buffer.from("{}", "utf16le"))),
  refused("POST", TOKENS, json(nested('{"a":', "1", "}", 100))),
  refused("POST", TOKENS, json(nested("[", "", "]", 200_000))),
  refused("POST", TOKENS, json("[".repeat(500_000))),
  refused("POST", TOKENS, json({ kind: "Pod" })),
  refused("POST", TOKENS, json({ apiVersion: "v1" })),
  refused("POST", TOKENS, json({ kind: ["Token"] })),
  refused("POST", TOKENS, json({ spec: [] })),
  refused("POST", TOKENS, json({ metadata: "x" })),
  ...["a: [", "\ta: 1", "a: b: c", "a: !!js/function x", "a: 1\n---\nb: 2", "- a", "text", ""].map(
    (body) => refused("POST", TOKENS, yaml(body)),
  ),
  refused("POST", TOKENS, yaml("a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]")),
  refused("POST", TOKENS, yaml("spec: &a {description: x}\nmetadata: *a")),
  refused("POST", TOKENS, yaml("[".repeat(30_000))),
  refused("POST", TOKENS, yaml("- ".repeat(15_000))),
  refused("POST", TOKENS, yaml("a: b\n".repeat(100_000))),
  refused("POST", TOKENS, yaml(`a: ${"x".repeat(40_000)}`)),
  tooLarge("POST", TOKENS, json(`{"spec":{"description":"${"x".repeat(600_000)}"}}`)),
  tooLarge("PATCH", TOKEN, merge(`{"spec":{"description":"${"x".repeat(600_000)}"}}`)),
  tooLarge("POST", TOKENS, {
    headers: [
      ["content-type", JSON_TYPE],
      ["transfer-encoding", "chunked"],
    ],
    body: " ".repeat(600_000),
  }),
];

const STRICT = "?fieldValidation=Strict";

export const BAD_FIELDS: BadRequest[] = [
  refused("POST", TOKENS + STRICT, json({ descripton: "x" })),
  refused("POST", TOKENS + STRICT, json({ spec: { descripton: "x" } })),
  refused("POST", TOKENS + STRICT, json({ spec: { userPrincipal: { nick: "x" } } })),
  refused("POST", TOKENS + STRICT, json('{"spec":{"ttl":1,"ttl":2}}')),
  refused("POST", TOKENS + STRICT, json('{"spec":{},"sp\\u0065c":{}}')),
  refused("POST", TOKENS + STRICT, yaml("spec:\n  ttl: 1\n  ttl: 2")),
  refused("POST", TOKENS + STRICT, yaml("spec: {nick: 1}")),
  refused("PUT", TOKEN + STRICT, json({ spec: { nick: 1 } })),
  refused("PATCH", TOKEN + STRICT, merge({ spec: { nick: 1 } })),
  refused("PATCH", TOKEN + STRICT, operations({ op: "add", path: "/spec/nick", value: 1 })),
  refused("POST", `${TOKENS}?fieldValidation=strict`, json({})),
  refused("POST", `${TOKENS}?dryRun=true`, json({})),
  refused("DELETE", `${TOKEN}?dryRun=None`),
  ...[-1, 0.5, "1", 1e308, 2 ** 53, 9_999_999_999, true, [], {}].map((ttl) =>
    invalidSpec({ ttl }, "spec.ttl"),
  ),
  ...[7, ["x"], "x".repeat(1_025), "\u0000"].map((description) =>
    invalidSpec({ description }, "spec.description"),
  ),
  invalid("POST", TOKENS, {
    ...json('{"spec":{"description":"\\ud800"}}'),
    fields: "spec.description",
  }),
  ...["a b", "-a", "x".repeat(64), 1].map((kind) => invalidSpec({ kind }, "spec.kind")),
  ...["yes", 1, []].map((enabled) => invalidSpec({ enabled }, "spec.enabled")),
  ...["c-1", 1].map((clusterName) => invalidSpec({ clusterName }, "spec.clusterName")),
  invalidSpec({ userID: 1 }, "spec.userID"),
  invalidSpec({ ttl: -5, enabled: 1, kind: "!" }, "spec.kind spec.enabled spec.ttl"),
  invalid("POST", TOKENS, { ...json({ metadata: { labels: [] } }), fields: "metadata.labels" }),
  invalid("POST", TOKENS, {
    ...json({ metadata: { labels: { "a b": "x" } } }),
    fields: "metadata.labels.a b",
  }),
  invalid("POST", TOKENS, {
    ...json({ metadata: { labels: { a: "b c" } } }),
    fields: "metadata.labels.a",
  }),
  invalid("POST", TOKENS, {
    ...json('{"metadata":{"labels":{"__proto__":"x"}}}'),
    fields: "metadata.labels.__proto__",
  }),
  invalid("POST", TOKENS, {
    ...json({ metadata: { annotations: { a: 1 } } }),
    fields: "metadata.annotations.a",
  }),
  invalid("POST", TOKENS, { ...yaml("spec: {ttl: .inf}"), fields: "spec.ttl" }),
  invalid("POST", TOKENS, { ...yaml("spec: {enabled: yes}"), fields: "spec.enabled" }),
  forbidden("POST", TOKENS, json({ spec: { userID: "user-bcdfghjklm" } })),
];

const patched = (...list: unknown[]) =>
  invalid("PATCH", TOKEN, { ...operations(...list), fields: "patch[0]" });

export const BAD_PATCHES: BadRequest[] = [
  refused("PATCH", TOKEN, merge("[]")),
  refused("PATCH", TOKEN, merge({ spec: "x" })),
  refused("PATCH", TOKEN, merge({ metadata: { name: "token-bcdfghjklm" } })),
  refused("PATCH", TOKEN, merge({ kind: "Pod" })),
  refused("PATCH", TOKEN, sent(JSON_PATCH, {})),
  refused("PATCH", TOKEN, operations("x")),
  refused("PATCH", TOKEN, operations({ op: "add" })),
  refused("PATCH", TOKEN, operations({ op: "add", path: "/spec/ttl" })),
  refused("PATCH", TOKEN, operations({ op: "increase", path: "/spec/ttl", value: 1 })),
  refused("PATCH", TOKEN, operations({ op: "add", path: "spec/ttl", value: 1 })),
  refused("PATCH", TOKEN, operations({ op: "add", path: "/spec/~2", value: 1 })),
  refused("PATCH", TOKEN, operations({ op: "move", path: "/spec/ttl" })),
  refused(
    "PATCH",
    TOKEN,
    operations(...Array.from({ length: 101 }, () => ({ op: "test", path: "", value: 1 }))),
  ),
  refused("PATCH", TOKEN, operations({ op: "replace", path: "/metadata/name", value: "x" })),
  refused(
    "PATCH",
    TOKEN,
    operations({ op: "remove", path: "/spec" }, { op: "add", path: "/spec", value: [] }),
  ),
  patched({ op: "test", path: "/spec/enabled", value: false }),
  patched({ op: "test", path: "/spec/nothing", value: 1 }),
  patched({ op: "remove", path: "/spec/nothing" }),
  patched({ op: "replace", path: "/nothing/here", value: 1 }),
  patched({ op: "replace", path: "", value: {} }),
  patched({ op: "move", from: "/nothing", path: "/spec/ttl" }),
  patched({ op: "copy", from: "/nothing", path: "/spec/ttl" }),
  patched({ op: "add", path: "/__proto__/polluted", value: 1 }),
  patched({ op: "add", path: "/constructor/prototype/polluted", value: 1 }),
  patched({ op: "add", path: "/spec/toString/polluted", value: 1 }),
  patched({ op: "copy", from: "/toString", path: "/spec/description" }),
  invalid("PATCH", TOKEN, {
    ...operations(
      { op: "add", path: "/a", value: "x".repeat(300_000) },
      { op: "copy", from: "/a", path: "/b" },
    ),
    fields: "patch[1]",
  }),
  invalid("PATCH", TOKEN, {
    ...operations(
      { op: "add", path: "/a", value: {} },
      ...[1, 2, 4, 8, 16, 32].map((levels) => ({
        op: "copy",
        from: "/a",
        path: "/a".repeat(levels + 1),
      })),
    ),
    fields: "patch[6]",
  }),
  invalid("PATCH", TOKEN, {
    ...operations({ op: "replace", path: "/spec/userID", value: "user-bcdfghjklm" }),
    fields: "spec.userID",
  }),
  invalid("PATCH", TOKEN, { ...merge({ spec: { kind: "session" } }), fields: "spec.kind" }),
  forbidden("PATCH", TOKEN, { ...merge({ spec: { ttl: 9_999_999_999 } }), fields: "spec.ttl" }),
  conflict("PATCH", TOKEN, merge({ metadata: { resourceVersion: "0" } })),
  refused("PUT", TOKEN, json({ metadata: { name: "token-bcdfghjklm" } })),
  conflict("PUT", TOKEN, json({ metadata: { resourceVersion: "0" } })),
  invalid("PUT", TOKEN, {
    ...json({ spec: { userID: "user-bcdfghjklm" } }),
    fields: "spec.userID",
  }),
  refused("DELETE", TOKEN, json({ preconditions: 1 })),
  refused("DELETE", TOKEN, json({ preconditions: { uid: 1 } })),
  conflict("DELETE", TOKEN, json({ preconditions: { uid: "x" } })),
];

export const BAD_LISTS: BadRequest[] = [
  ...["limit=x", "limit=-1", "limit=1.5", "limit=99999999999", "includeObject=Everything"].map(
    (query) => refused("GET", `${TOKENS}?${query}`, accepts(`${TABLE};v=v1`)),
  ),
  ...["a b", "a in", "a in (b", "=b", "!", "a==b==c", "-a", "a=b c", "(a)"].map((selector) =>
    refused("GET", `${TOKENS}?labelSelector=${encodeURIComponent(selector)}`),
  ),
  ...["spec.description=x", "metadata.name", "=x", "spec.ttl>1"].map((selector) =>
    refused("GET", `${TOKENS}?fieldSelector=${encodeURIComponent(selector)}`),
  ),
  bad(410, "Expired")("GET", `${TOKENS}?limit=1&continue=x`),
  bad(410, "Expired")("GET", `${TOKENS}?limit=1&continue=eyJhIjoxfQ`),
  refused("GET", `${TOKENS}?watch=maybe`),
  refused("GET", `${TOKENS}?watch=true&resourceVersion=x`),
];

export const BAD_REVIEWS: BadRequest[] = [
  refused("POST", WHO, json({ kind: "TokenReview" })),
  refused("POST", WHO, json([])),
  refused("POST", WHO + STRICT, json({ spec: {} })),
  refused("POST", WHO, sent("application/vnd.kubernetes.protobuf", "not protobuf")),
  refused("POST", CAN, sent("application/vnd.kubernetes.protobuf", "k8s\0\x0a\xff\xff\xff")),
  refused("POST", CAN, json({ apiVersion: "authorization.k8s.io/v2" })),
  invalid("POST", CAN, { ...json({}), fields: "spec" }),
  invalid("POST", CAN, {
    ...json({ spec: { resourceAttributes: { verb: 1 } } }),
    fields: "spec.resourceAttributes.verb",
  }),
  refused("POST", CAN, json({ spec: {} })),
  refused("POST", CAN, json({ spec: { resourceAttributes: {}, nonResourceAttributes: {} } })),
];
