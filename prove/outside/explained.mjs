/**
 * Findings of scanners that are none, each with the reason: they are told in the report, and do not
 * fail it.
 */
export const EXPLAINED = [];
