// The domain's word for each field, and the resource's.
const RESOURCE_PATHS: Record<string, string> = {
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
};

/** `ttlMs` → `spec.ttl`, `labels.team` → `metadata.labels.team`; unknown paths stay as they are. */
export function toResourcePath(path: string): string {
  const [head = "", ...rest] = path.split(".");
  return [RESOURCE_PATHS[head] ?? head, ...rest].join(".");
}
