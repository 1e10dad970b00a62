/** What statements of the running application are executed as. It cannot change audit events. */
export const APPLICATION_ROLE = "latchkey_app";

/** May take whole months off the audit trail, and nothing else. */
export const RETENTION_ROLE = "latchkey_retention";
