import { type Secret, toBearer } from "@/domain/tokens/secret";
import type { Token } from "@/domain/tokens/token";
import { part } from "./body";
import { type KindBody, toTime } from "./kind";

// Set by the server on every token; a client can neither change nor remove them.
export const OWNER_LABEL = "cattle.io/user-id";
export const KIND_LABEL = "authn.management.cattle.io/kind";

/** A token as `ext.cattle.io/v1` Token. The secret is passed in the create response alone. */
export function toResource(token: Token, secret?: Secret | null) {
  const isSession = token.kind === "session";
  return {
    apiVersion: "ext.cattle.io/v1",
    kind: "Token",
    metadata: {
      name: token.name,
      uid: token.uid,
      resourceVersion: token.resourceVersion,
      creationTimestamp: toTime(token.createdAt),
      labels: { ...token.labels, [OWNER_LABEL]: token.ownerId, [KIND_LABEL]: token.kind },
      ...(Object.keys(token.annotations).length > 0 ? { annotations: token.annotations } : {}),
    },
    spec: {
      userID: token.ownerId,
      userPrincipal: toPrincipal(token.ownerPrincipal),
      kind: token.kind,
      description: token.description,
      ttl: token.ttlMs,
      enabled: token.enabled,
      clusterName: "",
    },
    status: {
      ...(secret ? { value: secret.value, bearerToken: toBearer(secret) } : {}),
      current: token.current,
      expired: token.expired,
      expiresAt: token.expiresAt ? toTime(token.expiresAt) : "",
      lastUpdateTime: toTime(token.updatedAt),
      ...(token.lastUsedAt ? { lastUsedAt: toTime(token.lastUsedAt) } : {}),
      ...(isSession ? { lastActivitySeen: toTime(token.lastUsedAt ?? token.createdAt) } : {}),
    },
  };
}

/** The domain's input of a create. Refuses a spec that is no object (badRequest). */
export function toCreateInput(body: KindBody): Record<string, unknown> {
  const { metadata } = body;
  const spec = part("spec", body.spec);
  return {
    ownerId: spec.userID,
    kind: spec.kind,
    description: spec.description,
    ttlMs: spec.ttl,
    enabled: spec.enabled,
    clusterName: spec.clusterName,
    labels: withoutServerLabels(metadata.labels),
    annotations: metadata.annotations,
  };
}

/** The domain's input of an update to the whole of this body; what is absent in spec is kept. */
export function toUpdateInput(body: KindBody): Record<string, unknown> {
  return {
    ...toCreateInput(body),
    ownerPrincipal: fromPrincipal(part("spec", body.spec).userPrincipal),
    labels: withoutServerLabels(body.metadata.labels) ?? {},
    annotations: body.metadata.annotations ?? {},
    resourceVersion: body.metadata.resourceVersion,
  };
}

function toPrincipal(principal: Record<string, string>) {
  const { name = "", ...rest } = principal;
  return { metadata: { name }, ...rest };
}

function fromPrincipal(principal: unknown): unknown {
  if (typeof principal !== "object" || principal === null || Array.isArray(principal)) {
    return principal;
  }
  const { metadata, ...rest } = principal as { metadata?: { name?: unknown } | null };
  return metadata?.name === undefined ? rest : { name: metadata.name, ...rest };
}

function withoutServerLabels(labels: unknown): unknown {
  if (typeof labels !== "object" || labels === null || Array.isArray(labels)) return labels;
  const { [OWNER_LABEL]: _owner, [KIND_LABEL]: _kind, ...own } = labels as Record<string, unknown>;
  return own;
}
