import { isUnavailable } from "@/db/errors";

export type FieldProblemType =
  | "required"
  | "invalid"
  | "type"
  | "tooLong"
  | "immutable"
  | "forbidden";

/** What is wrong with one field of the input; `message` says what is allowed. */
export interface FieldProblem {
  path: string;
  type: FieldProblemType;
  message: string;
  value?: unknown;
}

export type DomainErrorCode =
  | "unauthenticated"
  | "forbidden"
  /** Not before the person at the browser has proved again who they are. */
  | "proofRequired"
  | "notFound"
  | "alreadyExists"
  | "conflict"
  | "invalid"
  | "badRequest"
  | "expired"
  | "tooManyRequests"
  /** To find it takes longer than anything may: asking for less, or in another order, helps. */
  | "tooSlow"
  | "unavailable";

interface Details {
  /** What kind of object is missing. */
  missing?: "token" | "user" | "setting" | "view" | "bulk action";
  fields?: readonly FieldProblem[];
  retryAfterMs?: number;
}

/** A refusal with a stable code. Its message and fields are safe to show to the caller. */
export class DomainError extends Error {
  readonly fields: readonly FieldProblem[];
  readonly retryAfterMs: number | undefined;
  readonly missing: Details["missing"];

  constructor(
    readonly code: DomainErrorCode,
    message: string,
    details: Details = {},
  ) {
    super(message);
    this.fields = details.fields ?? [];
    this.retryAfterMs = details.retryAfterMs;
    this.missing = details.missing;
  }
}

export function invalid(fields: readonly FieldProblem[]): DomainError {
  return new DomainError("invalid", fields.map((field) => field.message).join(" "), { fields });
}

/** The one answer for a missing token and for somebody else's. */
export function tokenNotFound(name: string): DomainError {
  const message = `tokens.ext.cattle.io "${name}" not found`;
  return new DomainError("notFound", message, { missing: "token" });
}

/** The domain error behind anything thrown, an outage of the database included, or undefined. */
export function toDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (isUnavailable(error)) {
    return new DomainError("unavailable", "The database is not answering. Try again in a moment.", {
      retryAfterMs: 5_000,
    });
  }
  return undefined;
}
