import {
  type ActionRow,
  ADMINS,
  ANY_PERSON,
  ANY_TOKEN,
  type Answers,
  CHECKER_TOKENS,
  everybody,
  OWNER_AND_ADMIN_TOKENS,
  OWNER_AND_ADMINS,
  OWNER_OR_ADMIN,
  type Row,
  SIGNED_IN,
  split,
  type Things,
  with201,
} from "./answers";

// Who may do what: every page, route handler, server action and address of the API, one line each.
// `npx playwright test e2e/access.spec.ts` compares it with the manifests of the build and with the
// API's own table, and asks every line as everybody of who.ts. `[name]` and `:name` are a token of
// `user`'s and `[id]` and `:id` that user, where a row has no `path` of its own.

const FORM = "application/x-www-form-urlencoded";
const MERGE_PATCH = "application/merge-patch+json";

/** Asked by GET. */
export const PAGES: Record<string, Answers> = {
  "/": everybody(307),
  "/admin/tokens": ADMINS,
  "/prove": SIGNED_IN,
  "/sign-in": split(307, 200),
  "/tokens": SIGNED_IN,
  "/tokens/[name]": OWNER_AND_ADMINS,
};

/** Every method that a line does not name is answered 405. */
export const HANDLERS: Record<string, Row> = {
  "POST /account/link": { answers: split(200, 303) },
  "GET /api/auth/[...nextauth]": { answers: everybody(200), path: () => "/api/auth/session" },
  "POST /api/auth/[...nextauth]": { answers: everybody(302), path: () => "/api/auth/signout" },
  "GET /favicon.ico": { answers: everybody(200) },
  "GET /icon.svg": { answers: everybody(200) },
  "POST /prove/start": { answers: split(200, 303) },
  "POST /sign-in/provider": { answers: everybody(200), type: FORM },
  "POST /sign-out": { answers: everybody(303), endsSignIn: true },
};

export const ACTIONS: Record<string, ActionRow> = {
  createTokenAction: {
    answers: ANY_PERSON,
    args: () => form({ description: "by action", ttlMs: "3600000", idempotencyKey: uuid() }),
  },
  deleteTokenAction: { answers: OWNER_OR_ADMIN, args: ({ token }) => [token] },
  proofWaysAction: { answers: ANY_PERSON, args: () => [] },
  proveAction: { answers: ANY_PERSON, args: ({ password }) => form({ password }) },
  setTokenEnabledAction: { answers: OWNER_OR_ADMIN, args: ({ token }) => [token, false] },
  signInAction: { answers: everybody("redirect"), args: nameAndPassword, isWriteForAll: true },
  updateTokenAction: {
    answers: OWNER_OR_ADMIN,
    args: ({ token }) => form({ name: token, description: "edited", enabled: "true" }),
  },
};

const TOKENS = "/apis/ext.cattle.io/v1/tokens";

/** Every method that a line does not name is answered 405; `*` is every one of them. */
export const API: Record<string, Row> = {
  "GET /api": { answers: ANY_TOKEN },
  "GET /apis": { answers: ANY_TOKEN },
  "GET /apis/authentication.k8s.io": { answers: ANY_TOKEN },
  "GET /apis/authentication.k8s.io/v1": { answers: ANY_TOKEN },
  "POST /apis/authentication.k8s.io/v1/selfsubjectreviews": {
    answers: with201(ANY_TOKEN),
    body: () => ({ apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" }),
  },
  "* /apis/authentication.k8s.io/v1/tokenreviews": {
    answers: with201(CHECKER_TOKENS),
    body: () => ({ spec: { token: "ext/token-bbbbbbbbbb:b" } }),
  },
  "GET /apis/authorization.k8s.io": { answers: ANY_TOKEN },
  "GET /apis/authorization.k8s.io/v1": { answers: ANY_TOKEN },
  "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews": {
    answers: with201(ANY_TOKEN),
    body: () => ({
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { nonResourceAttributes: { path: "/api", verb: "get" } },
    }),
  },
  "POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews": {
    answers: with201(ANY_TOKEN),
    body: () => ({
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      spec: { namespace: "default" },
    }),
  },
  "GET /apis/ext.cattle.io": { answers: ANY_TOKEN },
  "GET /apis/ext.cattle.io/v1": { answers: ANY_TOKEN },
  [`GET ${TOKENS}`]: { answers: ANY_TOKEN },
  [`POST ${TOKENS}`]: { answers: with201(ANY_TOKEN), body: () => ({ spec: { ttl: 3_600_000 } }) },
  [`DELETE ${TOKENS}`]: {
    answers: ANY_TOKEN,
    path: ({ token }) => `${TOKENS}?fieldSelector=metadata.name%3D${token}`,
  },
  [`GET ${TOKENS}/:name`]: { answers: OWNER_AND_ADMIN_TOKENS },
  [`PUT ${TOKENS}/:name`]: {
    answers: OWNER_AND_ADMIN_TOKENS,
    body: ({ token }) => ({
      apiVersion: "ext.cattle.io/v1",
      kind: "Token",
      metadata: { name: token },
      spec: { description: "put" },
    }),
  },
  [`PATCH ${TOKENS}/:name`]: {
    answers: OWNER_AND_ADMIN_TOKENS,
    body: () => ({ spec: { enabled: false } }),
    type: MERGE_PATCH,
  },
  [`DELETE ${TOKENS}/:name`]: { answers: OWNER_AND_ADMIN_TOKENS },
  "GET /healthz": { answers: everybody(200) },
  "GET /metrics": { answers: CHECKER_TOKENS },
  "* /oauth2/introspect": {
    answers: ANY_TOKEN,
    body: () => "token=ext%2Ftoken-bbbbbbbbbb%3Ab",
    type: FORM,
  },
  "GET /openapi/v2": { answers: ANY_TOKEN },
  "GET /openapi/v3": { answers: ANY_TOKEN },
  "GET /openapi/v3/apis/authentication.k8s.io/v1": { answers: ANY_TOKEN },
  "GET /openapi/v3/apis/authorization.k8s.io/v1": { answers: ANY_TOKEN },
  "GET /openapi/v3/apis/ext.cattle.io/v1": { answers: ANY_TOKEN },
  "GET /readyz": { answers: everybody(200) },
  "POST /v1-public/login": {
    answers: everybody(201),
    body: ({ username, password }) => ({ username, password }),
    isWriteForAll: true,
  },
  "* /verify": { answers: ANY_TOKEN },
  "GET /version": { answers: everybody(200) },
};

/** What `useActionState` passes on: the state before, and the form. */
function form(fields: Record<string, string>): unknown[] {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return [{ status: "idle" }, data];
}

function nameAndPassword({ username, password }: Things): unknown[] {
  return form({ username, password, callbackUrl: "/tokens" });
}

function uuid(): string {
  return crypto.randomUUID();
}
