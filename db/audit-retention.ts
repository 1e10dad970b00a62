/** May take whole months off the audit trail, and nothing else. */
export const RETENTION_ROLE = "latchkey_retention";
