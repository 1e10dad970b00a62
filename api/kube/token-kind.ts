import { INFINITE_TTL_MS } from "@/domain/tokens/lifecycle";
import type { Token } from "@/domain/tokens/token";
import { humanDuration } from "./human-duration";
import type { Kind } from "./kind";
import { tokenKind, tokenListKind } from "./kinds/token";
import { KIND_LABEL, OWNER_LABEL, toResource, toUpdateInput } from "./token-resource";

/** `tokens.ext.cattle.io`; the columns are those of semantics section 5. */
export const TOKENS: Kind<Token> = {
  group: "ext.cattle.io",
  version: "v1",
  name: "tokens",
  singularName: "token",
  kind: "Token",
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  schema: tokenKind,
  listSchema: tokenListKind,
  fieldPaths: {
    ownerId: "spec.userID",
    ownerPrincipal: "spec.userPrincipal",
    kind: "spec.kind",
    description: "spec.description",
    ttlMs: "spec.ttl",
    enabled: "spec.enabled",
    clusterName: "spec.clusterName",
    labels: "metadata.labels",
    annotations: "metadata.annotations",
    resourceVersion: "metadata.resourceVersion",
  },
  columns: [
    {
      name: "Name",
      description: "The name of the token.",
      format: "name",
      cell: (token) => token.name,
    },
    {
      name: "User",
      description: "The user who owns the token.",
      wideOnly: true,
      cell: (token) => token.ownerId,
    },
    {
      name: "Kind",
      description: "session for a sign-in, empty for a derived token or what its owner says.",
      cell: (token) => token.kind,
    },
    {
      name: "TTL",
      description: "The whole lifetime, counted from creation.",
      cell: ({ ttlMs }) => (ttlMs === INFINITE_TTL_MS ? "never" : humanDuration(ttlMs)),
    },
    {
      name: "Age",
      description: "The time since creation.",
      cell: ({ createdAt }, now) => humanDuration(now.getTime() - createdAt.getTime()),
    },
    {
      name: "Description",
      description: "What the token is for.",
      wideOnly: true,
      cell: (token) => token.description,
    },
  ],
  warnsOfNames: true,
  serverLabels: [OWNER_LABEL, KIND_LABEL],
  toResource,
  toUpdateInput,
};
