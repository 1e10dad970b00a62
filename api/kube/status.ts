import type { DomainError, DomainErrorCode, FieldProblem } from "@/domain/errors";
import { withoutSecrets } from "@/domain/tokens/without-secrets";
import type { ApiResource } from "./kind";

interface Cause {
  reason: string;
  message: string;
  field: string;
}

/** The error object of the Kubernetes API (apimachinery, meta/v1 Status). */
export interface Status {
  kind: "Status";
  apiVersion: "v1";
  metadata: Record<string, never>;
  status: "Failure" | "Success";
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: Cause[];
    retryAfterSeconds?: number;
  };
  code?: number;
}

export const STATUS_OF: Record<DomainErrorCode, { code: number; reason: string }> = {
  unauthenticated: { code: 401, reason: "Unauthorized" },
  forbidden: { code: 403, reason: "Forbidden" },
  proofRequired: { code: 403, reason: "Forbidden" },
  notFound: { code: 404, reason: "NotFound" },
  alreadyExists: { code: 409, reason: "AlreadyExists" },
  conflict: { code: 409, reason: "Conflict" },
  invalid: { code: 422, reason: "Invalid" },
  badRequest: { code: 400, reason: "BadRequest" },
  expired: { code: 410, reason: "Expired" },
  tooManyRequests: { code: 429, reason: "TooManyRequests" },
  tooSlow: { code: 504, reason: "Timeout" },
  unavailable: { code: 503, reason: "ServiceUnavailable" },
};

const CAUSE_OF: Record<FieldProblem["type"], { reason: string; label: string }> = {
  required: { reason: "FieldValueRequired", label: "Required value" },
  invalid: { reason: "FieldValueInvalid", label: "Invalid value" },
  type: { reason: "FieldValueTypeInvalid", label: "Invalid value" },
  tooLong: { reason: "FieldValueTooLong", label: "Too long" },
  immutable: { reason: "FieldValueInvalid", label: "Invalid value" },
  forbidden: { reason: "FieldValueForbidden", label: "Forbidden" },
};

const VALUE_LENGTH_MAX = 100;

/** What a request is about. */
export interface Subject {
  group: string;
  resource: Pick<ApiResource, "name" | "kind" | "fieldPaths">;
  /** The object that it names, if any. */
  name: string;
}

/** The Status of a refusal of the domain, at the address of a resource or, without subject, of none. */
export function toStatus(error: DomainError, subject: Subject | undefined): Status {
  const { code, reason } = STATUS_OF[error.code];
  const causes = error.fields.map((problem) => toCause(problem, subject?.resource.fieldPaths));
  return failure(code, reason, messageOf(error, subject, causes), {
    ...(subject ? detailsOf(subject, error.code) : {}),
    ...(causes.length > 0 ? { causes } : {}),
    ...(error.retryAfterMs ? { retryAfterSeconds: Math.ceil(error.retryAfterMs / 1_000) } : {}),
  });
}

function detailsOf({ group, resource, name }: Subject, code: DomainErrorCode) {
  const kind = code === "invalid" ? resource.kind : resource.name;
  return { ...(name ? { name } : {}), group, kind };
}

/** A refusal. Clients print it, and their output is kept: a token in the wrong place is left out. */
export function failure(
  code: number,
  reason: string,
  message: string,
  details?: Status["details"],
): Status {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: withoutSecrets(message),
    reason,
    ...(details ? { details: JSON.parse(withoutSecrets(JSON.stringify(details))) } : {}),
    code,
  };
}

function messageOf(error: DomainError, subject: Subject | undefined, causes: Cause[]): string {
  const texts = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  if (!subject) return error.code === "invalid" ? `the request is invalid: ${list}` : error.message;
  const { group, resource, name } = subject;
  const object = `${resource.name}.${group}${name ? ` "${name}"` : ""}`;
  switch (error.code) {
    case "invalid":
      return `${resource.kind}.${group} "${name}" is invalid: ${list}`;
    case "notFound":
      return error.missing && name ? `${object} not found` : error.message;
    case "forbidden":
      return error.message.includes("is forbidden:")
        ? error.message
        : `${object} is forbidden: ${error.message}`;
    case "conflict":
      return `Operation cannot be fulfilled on ${object}: ${error.message}`;
    default:
      return error.message;
  }
}

function toCause(problem: FieldProblem, fieldPaths: ApiResource["fieldPaths"] = {}): Cause {
  const { reason, label } = CAUSE_OF[problem.type];
  const hasValue = "value" in problem && label === "Invalid value";
  const value = hasValue ? `: ${shortened(problem.value)}` : "";
  // `labels.team` is at `metadata.labels.team`.
  const [head = "", ...rest] = problem.path.split(".");
  const place = Object.hasOwn(fieldPaths, head) ? fieldPaths[head] : head;
  return {
    reason,
    message: `${label}${value}: ${problem.message}`,
    field: [place, ...rest].join("."),
  };
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text;
}
