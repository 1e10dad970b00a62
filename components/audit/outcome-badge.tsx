import { AUDIT_OUTCOMES, type AuditOutcome } from "@/domain/audit/actions";

// The shapes of states, which are told apart without colour too.
const SHAPES: Record<AuditOutcome, string> = {
  success: "state-active",
  failure: "state-expired",
  denied: "state-disabled",
};

export function OutcomeBadge({ outcome }: { outcome: AuditOutcome }) {
  return <span className={`state ${SHAPES[outcome]}`}>{AUDIT_OUTCOMES[outcome]}</span>;
}
