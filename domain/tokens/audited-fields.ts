interface Audited {
  description: string;
  kind: string;
  ttlMs: number;
  enabled: boolean;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** What the audit trail keeps of a token: an allow-list that no secret or hash is on. */
export function auditedFields(token: Audited): Record<string, unknown> {
  return {
    description: token.description,
    kind: token.kind,
    ttlMs: token.ttlMs,
    enabled: token.enabled,
    labels: token.labels,
    annotations: token.annotations,
  };
}
