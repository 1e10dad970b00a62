import type { FormState } from "@/components/form-state";
import { type DomainErrorCode, type FieldProblem, toDomainError } from "@/domain/errors";

const MESSAGES: Record<DomainErrorCode, string | null> = {
  unauthenticated: null,
  forbidden: null,
  proofRequired: null,
  notFound: null,
  alreadyExists: null,
  conflict: "Changed meanwhile. Nothing was saved.",
  invalid: "Some fields need another look.",
  badRequest: null,
  expired: "The list has changed. Start again from its first page.",
  tooManyRequests: null,
  tooSlow: null,
  unavailable: "The database is not answering, so nothing was changed. Try again in a moment.",
};

// The domain speaks of milliseconds and settings; a person chose a date.
const TTL_MESSAGES: Partial<Record<FieldProblem["type"], string>> = {
  forbidden: "Only an administrator can extend the expiry.",
  type: "Choose when it expires.",
  invalid: "This is outside of what is allowed. Choose an earlier expiry.",
};

/** The answer of a server action to anything thrown. Throws what is no refusal of the domain. */
export function toFormState(error: unknown): Extract<FormState, { status: "failed" }> {
  const refusal = toDomainError(error);
  if (!refusal) throw error;
  return {
    status: "failed",
    message: refusal.missing
      ? `This ${refusal.missing} is gone.`
      : (MESSAGES[refusal.code] ?? sentence(refusal.message)),
    fields: Object.fromEntries(refusal.fields.map((field) => [field.path, fieldMessage(field)])),
    conflict: refusal.code === "conflict",
    missing: refusal.code === "notFound",
    needsProof: refusal.code === "proofRequired",
  };
}

function fieldMessage(field: FieldProblem): string {
  const special = field.path === "ttlMs" ? TTL_MESSAGES[field.type] : undefined;
  return special ?? sentence(field.message);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
