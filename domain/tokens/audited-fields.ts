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

/** The fields that differ, as they were and as they are: a small change leaves a small event. */
export function auditedChange(before: Audited, after: Audited) {
  const [was, is] = [auditedFields(before), auditedFields(after)];
  const changed = Object.keys(was).filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  const only = (fields: Record<string, unknown>) =>
    Object.fromEntries(changed.map((field) => [field, fields[field]]));
  return { before: only(was), after: only(is) };
}
