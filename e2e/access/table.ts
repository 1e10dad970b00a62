import {
  type ActionEnd,
  type ActionRow,
  ADMIN_JSON,
  ADMIN_ONLY,
  ADMIN_TOKENS,
  ADMINS,
  ANY_PERSON,
  ANY_TOKEN,
  type Answers,
  CHECKER_TOKENS,
  everybody,
  OWNER_AND_ADMIN_JSON,
  OWNER_AND_ADMIN_TOKENS,
  OWNER_AND_ADMINS,
  OWNER_OR_ADMIN,
  type Row,
  SIGNED_IN,
  SIGNED_IN_JSON,
  split,
  type Things,
  with201,
} from "./answers";

// Who may do what: every page, route handler, server action and address of the API, one line each.
// `npx playwright test e2e/access.spec.ts` compares it with the manifests of the build and with the
// API's own table, and asks every line as everybody of who.ts. `[name]` and `:name` are a token of
// `user`'s and `[id]` and `:id` that user, where a row has no `path` of its own.

const FORM = "application/x-www-form-urlencoded";
const MAXIMUM = "/admin/settings/auth-token-max-ttl-minutes";
const MERGE_PATCH = "application/merge-patch+json";

/** Asked by GET. */
export const PAGES: Record<string, Answers> = {
  "/": everybody(307),
  "/account": SIGNED_IN,
  "/admin/audit": ADMINS,
  "/admin/audit/[seq]": ADMINS,
  "/admin/settings": ADMINS,
  "/admin/tokens": ADMINS,
  "/admin/users": ADMINS,
  "/admin/users/[id]": ADMINS,
  "/bulk": SIGNED_IN,
  "/bulk/[id]": OWNER_AND_ADMINS,
  "/prove": SIGNED_IN,
  "/sessions": SIGNED_IN,
  "/set-password": everybody(200),
  "/sign-in": split(307, 200),
  "/tokens": SIGNED_IN,
  "/tokens/[name]": OWNER_AND_ADMINS,
};

/** Every method that a line does not name is answered 405. */
export const HANDLERS: Record<string, Row> = {
  "GET /admin/audit/export": { answers: ADMINS },
  "GET /admin/audit/tail": { answers: ADMIN_JSON },
  "GET /admin/settings/[name]/affected": {
    answers: ADMINS,
    path: () => `${MAXIMUM}/affected?value=60`,
  },
  "GET /admin/settings/[name]/shortened": { answers: ADMINS, path: () => `${MAXIMUM}/shortened` },
  "GET /bulk/[id]/progress": { answers: OWNER_AND_ADMIN_JSON },
  "GET /bulk/[id]/result": { answers: OWNER_AND_ADMINS },
  "GET /admin/tokens/export": { answers: ADMINS },
  "GET /tokens/export": { answers: SIGNED_IN },
  "GET /admin/tokens/facets": { answers: ADMIN_JSON },
  "GET /admin/tokens/findings": { answers: ADMIN_JSON },
  "GET /admin/tokens/timeline": { answers: ADMIN_JSON },
  "GET /tokens/facets": { answers: SIGNED_IN_JSON },
  "GET /tokens/findings": { answers: SIGNED_IN_JSON },
  "GET /tokens/timeline": { answers: SIGNED_IN_JSON },
  "GET /sessions/time-left": { answers: everybody(200) },
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
  allowLinkAction: { answers: ANY_PERSON, args: () => [] },
  cancelBulkAction: {
    // It has ended, which is told to those who may see it.
    answers: { ...split<ActionEnd>("gone", "signed out"), user: "refused", admin: "refused" },
    args: ({ job }) => [job],
  },
  changeOwnPasswordAction: {
    answers: split<ActionEnd>("refused", "signed out"),
    args: () => form({ password: "short" }),
  },
  createPasswordLinkAction: { answers: ADMIN_ONLY, args: ({ spareId }) => [spareId] },
  createTokenAction: {
    answers: ANY_PERSON,
    args: () => form({ description: "by action", ttlMs: "3600000", idempotencyKey: uuid() }),
  },
  createUserAction: {
    answers: ADMIN_ONLY,
    args: ({ spareId }) => form({ username: `new-${spareId}`, role: "user" }),
  },
  deleteTokenAction: { answers: OWNER_OR_ADMIN, args: ({ token }) => [token] },
  deleteUserAction: { answers: ADMIN_ONLY, args: ({ spareId }) => [spareId] },
  deleteViewAction: { answers: split<ActionEnd>("gone", "signed out"), args: () => [999_999] },
  endOtherSessionsAction: { answers: ANY_PERSON, args: () => [] },
  endSessionAction: { answers: OWNER_OR_ADMIN, args: ({ session }) => [session] },
  endSessionsAction: { answers: ADMIN_ONLY, args: ({ spareId }) => [spareId] },
  findTokenAction: {
    answers: OWNER_OR_ADMIN,
    args: ({ token }) => [{ kind: "bearer", name: token, hash: `v1:sha256:${"a".repeat(43)}` }],
  },
  liftLockAction: { answers: ADMIN_ONLY, args: ({ spareId }) => [spareId] },
  previewBulkAction: {
    answers: ANY_PERSON,
    args: ({ token }) => [{ scope: "own", action: "disable", names: [token] }],
  },
  listViewsAction: { answers: ADMIN_ONLY, args: () => ["all"] },
  previewSettingAction: {
    answers: ADMIN_ONLY,
    args: () => [{ name: "token-retention-days", value: "60" }],
  },
  proofWaysAction: { answers: ANY_PERSON, args: () => [] },
  proveAction: { answers: ANY_PERSON, args: ({ password }) => form({ password }) },
  saveViewAction: {
    answers: ANY_PERSON,
    args: () => [{ list: "own", name: uuid(), query: "", isShared: false, isDefault: false }],
  },
  setDefaultViewAction: { answers: ANY_PERSON, args: () => ["own", null] },
  setPasswordAction: {
    answers: everybody("gone"),
    args: () => form({ secret: "b".repeat(43), password: "a password of nobody at all" }),
  },
  setTokenEnabledAction: { answers: OWNER_OR_ADMIN, args: ({ token }) => [token, false] },
  setUserEnabledAction: { answers: ADMIN_ONLY, args: ({ spareId }) => [spareId, false] },
  shortenToMaximumAction: {
    answers: ADMIN_ONLY,
    args: () => [{ name: "auth-token-max-ttl-minutes", value: "129600" }],
  },
  signInAction: { answers: everybody("redirect"), args: nameAndPassword, isWriteForAll: true },
  startBulkAction: {
    answers: ANY_PERSON,
    args: ({ token }) => [{ scope: "own", action: "disable", names: [token], asOfSeq: 0 }],
  },
  staySignedInAction: { answers: ANY_PERSON, args: () => [] },
  unlinkIdentityAction: {
    answers: split<ActionEnd>("gone", "signed out"),
    args: () => ["https://id.example", "nobody"],
  },
  updateOwnAccountAction: { answers: ANY_PERSON, args: () => form({ displayName: "A person" }) },
  updateSettingAction: {
    answers: ADMIN_ONLY,
    args: () => [{ name: "token-retention-days", value: "31" }],
  },
  updateTokenAction: {
    answers: OWNER_OR_ADMIN,
    args: ({ token }) => form({ name: token, description: "edited", enabled: "true" }),
  },
  updateUserAction: {
    answers: ADMIN_ONLY,
    args: ({ spareId }) => form({ id: spareId, displayName: "Edited" }),
  },
  updateViewAction: {
    answers: split<ActionEnd>("gone", "signed out"),
    args: () => [999_999, { name: "x" }],
  },
  userImpactAction: { answers: ADMIN_ONLY, args: ({ spareId }) => [spareId] },
};

const PEOPLE = "/apis/management.cattle.io/v3";
const RETENTION = `${PEOPLE}/settings/token-retention-days`;
const USER = { apiVersion: "management.cattle.io/v3", kind: "User" };
const TOKENS = "/apis/ext.cattle.io/v1/tokens";

/** Every method that a line does not name is answered 405; `*` is every one of them. */
export const API: Record<string, Row> = {
  "GET /api": { answers: ANY_TOKEN },
  "GET /apis": { answers: ANY_TOKEN },
  "GET /apis/audit.latchkey/v1/events": { answers: ADMIN_TOKENS },
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
  "GET /apis/inventory.latchkey/v1/tokens": { answers: ANY_TOKEN },
  "GET /apis/management.cattle.io": { answers: ANY_TOKEN },
  [`GET ${PEOPLE}`]: { answers: ANY_TOKEN },
  [`GET ${PEOPLE}/users`]: { answers: ADMIN_TOKENS },
  [`POST ${PEOPLE}/users`]: {
    answers: with201(ADMIN_TOKENS),
    body: ({ spareId }) => ({ ...USER, username: `new-${spareId}` }),
  },
  [`GET ${PEOPLE}/users/:name`]: { answers: ADMIN_TOKENS, path: spareUser },
  [`PUT ${PEOPLE}/users/:name`]: {
    answers: ADMIN_TOKENS,
    path: spareUser,
    body: ({ spareId }) => ({ ...USER, metadata: { name: spareId }, username: spareId }),
  },
  [`PATCH ${PEOPLE}/users/:name`]: {
    answers: ADMIN_TOKENS,
    path: spareUser,
    body: () => ({ enabled: false }),
    type: MERGE_PATCH,
  },
  [`DELETE ${PEOPLE}/users/:name`]: { answers: ADMIN_TOKENS, path: spareUser },
  [`GET ${PEOPLE}/settings`]: { answers: ADMIN_TOKENS },
  [`GET ${PEOPLE}/settings/:name`]: { answers: ADMIN_TOKENS, path: () => RETENTION },
  [`PUT ${PEOPLE}/settings/:name`]: {
    answers: ADMIN_TOKENS,
    path: () => RETENTION,
    body: () => ({
      apiVersion: "management.cattle.io/v3",
      kind: "Setting",
      metadata: { name: "token-retention-days" },
      value: "32",
    }),
  },
  [`PATCH ${PEOPLE}/settings/:name`]: {
    answers: ADMIN_TOKENS,
    path: () => RETENTION,
    body: () => ({ value: "33" }),
    type: MERGE_PATCH,
  },
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
  "GET /openapi/v3/apis/management.cattle.io/v3": { answers: ANY_TOKEN },
  "GET /readyz": { answers: everybody(200) },
  "POST /v1-public/login": {
    answers: everybody(201),
    body: ({ username, password }) => ({ username, password }),
    isWriteForAll: true,
  },
  "* /verify": { answers: ANY_TOKEN },
  "GET /version": { answers: everybody(200) },
};

function spareUser({ spareId }: Things): string {
  return `${PEOPLE}/users/${spareId}`;
}

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
