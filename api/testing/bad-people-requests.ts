import {
  accepts,
  type BadRequest,
  bad,
  conflict,
  forbidden,
  invalid,
  json,
  merge,
  missing,
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
import { SETTINGS, USERS } from "./client";

const USER = `${USERS}/{user}`;
const MISSING = `${USERS}/user-bcdfghjklm`;
const SETTING = `${SETTINGS}/token-retention-days`;
const STRICT = "?fieldValidation=Strict";
const GOOD = "correct horse battery";

const byAdmin = (requests: BadRequest[]) =>
  requests.map((request): BadRequest => ({ ...request, byAdmin: true }));
const withField = (fields: string, value: unknown) =>
  invalid("POST", USERS, { ...json({ username: "bad", [fields]: value }), fields });
const withUsername = (username: unknown) =>
  invalid("POST", USERS, { ...json({ username }), fields: "username" });
const withValue = (value: unknown) =>
  invalid("PATCH", SETTING, { ...merge({ value }), fields: "value" });
const labelled = (method: "PUT" | "PATCH", path: string, field: "labels" | "annotations") => {
  const body = { metadata: { [field]: { a: "b" } } };
  const rest = method === "PUT" ? json(body) : merge(body);
  return invalid(method, path, { ...rest, fields: `metadata.${field}` });
};

export const STRANGERS_TO_PEOPLE: BadRequest[] = [
  ...[USERS, USER, MISSING, SETTINGS, SETTING, `${SETTINGS}/nothing`].map((path) =>
    forbidden("GET", path),
  ),
  forbidden("GET", `${USERS}?watch=true`),
  forbidden("GET", `${USERS}?labelSelector=a%20b`),
  forbidden("POST", USERS, json({ username: "mine", role: "admin" })),
  forbidden("POST", USERS, json("{")),
  forbidden("PATCH", USER, merge({ role: "admin" })),
  forbidden("PUT", MISSING, json({})),
  forbidden("DELETE", USER),
  forbidden("PATCH", SETTING, merge({ value: "1" })),
  forbidden("PUT", SETTING, sent("text/plain", "")),
  ...[USERS, USER, SETTINGS, SETTING].map((path) =>
    unauthorized("GET", path, { isAnonymous: true }),
  ),
  unauthorized("POST", USERS, { isAnonymous: true, ...json({ username: "mine" }) }),
];

export const BAD_PEOPLE_ADDRESSES: BadRequest[] = byAdmin([
  notAllowed("PUT", USERS, json({})),
  notAllowed("DELETE", USERS),
  notAllowed("POST", USER, json({})),
  notAllowed("GET", `${USERS}?watch=true`),
  notAllowed("GET", `${USERS}?watch=1&resourceVersion=0`),
  notAllowed("POST", SETTINGS, json({ metadata: { name: "mine" }, value: "1" })),
  notAllowed("DELETE", SETTINGS),
  notAllowed("DELETE", SETTING),
  notAllowed("POST", SETTING, json({})),
  notAllowed("GET", `${SETTINGS}?watch=true`),
  missing("GET", "/apis/management.cattle.io/v1/users"),
  missing("GET", "/apis/management.cattle.io/v3/tokens"),
  missing("GET", "/apis/management.cattle.io/v3/namespaces/default/users"),
  missing("GET", `${USER}/password`),
  missing("PUT", `${USER}/status`, json({ role: "admin" })),
  ...["GET", "DELETE"].map((method) => missing(method, MISSING)),
  missing("GET", `${USERS}/%00`),
  missing("PUT", MISSING, json({ role: "admin" })),
  missing("PATCH", MISSING, merge({ role: 1 })),
  missing("GET", `${SETTINGS}/__proto__`),
  missing("PATCH", `${SETTINGS}/Token-Retention-Days`, merge({ value: "1" })),
  missing("PUT", `${SETTINGS}/mine`, json({ value: "1" })),
  notAcceptable("GET", USERS, accepts("text/html")),
  notAcceptable("GET", SETTING, accepts("application/yaml")),
  unsupported("POST", USERS, sent("application/x-www-form-urlencoded", "username=mine")),
  unsupported("PATCH", USER, json({ role: "admin" })),
  unsupported("PATCH", USER, sent("application/strategic-merge-patch+json", {})),
  unsupported("PATCH", SETTING, sent("application/apply-patch+yaml", "value: '1'")),
]);

export const BAD_PEOPLE_BODIES: BadRequest[] = byAdmin([
  ...["", "{", "[]", "null", '"x"'].map((body) => refused("POST", USERS, json(body))),
  refused("POST", USERS, yaml("username: [")),
  refused("POST", USERS, json({ kind: "Token", username: "mine" })),
  refused("POST", USERS, json({ apiVersion: "management.cattle.io/v1", username: "mine" })),
  refused("POST", USERS, json({ username: "mine", metadata: [] })),
  refused("POST", USERS + STRICT, json({ username: "mine", spec: { role: "admin" } })),
  refused("POST", USERS + STRICT, json('{"username":"mine","role":"user","role":"admin"}')),
  refused("POST", USERS + STRICT, yaml("username: mine\nrole: user\nrole: admin")),
  refused("POST", `${USERS}?dryRun=true`, json({ username: "mine" })),
  refused("PUT", USER, json({ metadata: { name: "user-bcdfghjklm" } })),
  refused("PATCH", USER, merge({ kind: "Setting" })),
  refused("PATCH", USER, operations({ op: "replace", path: "/metadata/name", value: "x" })),
  refused("DELETE", USER, json({ preconditions: { uid: 1 } })),
  refused("DELETE", `${USER}?dryRun=None`),
  refused("PATCH", SETTING, merge("[]")),
  refused("PATCH", SETTING + STRICT, merge({ values: "1" })),
  refused("PUT", SETTING, json({ metadata: { name: "local-sign-in" } })),
  tooLarge("POST", USERS, json(`{"username":"${"x".repeat(600_000)}"}`)),
  ...["labelSelector=a", "fieldSelector=role%3Dadmin", "limit=-1", "fieldSelector=x"].map((query) =>
    refused("GET", `${USERS}?${query}`),
  ),
  ...["labelSelector=!a", "fieldSelector=value%3D1"].map((query) =>
    refused("GET", `${SETTINGS}?${query}`),
  ),
  bad(410, "Expired")("GET", `${USERS}?limit=1&continue=x`),
  bad(410, "Expired")("GET", `${SETTINGS}?resourceVersion=1&resourceVersionMatch=Exact`),
]);

export const BAD_PEOPLE: BadRequest[] = byAdmin([
  invalid("POST", USERS, { ...json({}), fields: "username" }),
  ...["", " ", "a b", "-a", "a/b", "a:b", "x".repeat(129), 7, null, ["a"]].map(withUsername),
  invalid("POST", USERS, { ...json({ username: "\u0000" }), fields: "username username" }),
  ...["root", "", 1, ["admin"]].map((role) => withField("role", role)),
  ...["yes", 1].map((enabled) => withField("enabled", enabled)),
  ...[7, "x".repeat(129), "\u0000"].map((name) => withField("displayName", name)),
  ...["", "short", "bad bad bad bad", "passwordpassword", "aaaaaaaaaaaaaaaa", 1, {}].map(
    (password) => withField("password", password),
  ),
  invalid("POST", USERS, {
    ...json({ username: "mine", metadata: { labels: { a: "b" } } }),
    fields: "metadata.labels",
  }),
  invalid("PATCH", USER, { ...merge({ username: "other" }), fields: "username" }),
  invalid("PATCH", USER, { ...merge({ password: GOOD }), fields: "password" }),
  invalid("PUT", USER, { ...json({ password: GOOD, username: "o" }), fields: "username password" }),
  invalid("PATCH", USER, {
    ...operations({ op: "add", path: "/password", value: GOOD }),
    fields: "password",
  }),
  invalid("PATCH", USER, {
    ...operations({ op: "test", path: "/role", value: "admin" }),
    fields: "patch[0]",
  }),
  invalid("PATCH", USER, {
    ...operations({ op: "add", path: "/__proto__/role", value: "admin" }),
    fields: "patch[0]",
  }),
  ...(["labels", "annotations"] as const).flatMap((field) => [
    labelled("PATCH", USER, field),
    labelled("PUT", SETTING, field),
  ]),
  conflict("PATCH", USER, merge({ metadata: { resourceVersion: "7" }, role: "admin" })),
  conflict("PUT", USER, json({ metadata: { resourceVersion: "x" } })),
  conflict("DELETE", USER, json({ preconditions: { uid: "x" } })),
  ...["x", "0", "-1", "1.5", "1e2", "٣", "9".repeat(65), 1, true, {}].map(withValue),
  invalid("PATCH", SETTING, { ...merge({ default: "1" }), fields: "default" }),
  invalid("PATCH", `${SETTINGS}/local-sign-in`, { ...merge({ value: "false" }), fields: "value" }),
  conflict("PATCH", SETTING, merge({ metadata: { resourceVersion: "7" }, value: "1" })),
]);
