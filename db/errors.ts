/** The database did not answer in time or is not there. Says nothing of the statement. */
export class Unavailable extends Error {
  readonly code = "databaseUnavailable";
  constructor(readonly reason: string) {
    super(`the database is unavailable (${reason})`);
  }
}

/** A unique index refused the row; `constraint` is the index. */
export class UniqueViolation extends Error {
  readonly code = "uniqueViolation";
  constructor(readonly constraint: string) {
    super(`duplicate value (${constraint})`);
  }
}

/** A column that must have a value was given none. */
export class MissingValue extends Error {
  readonly code = "missingValue";
  constructor(readonly column: string) {
    super(`no value (${column})`);
  }
}

/** A pooler gives each statement whichever connection is free: what is set for one is not there for the next. */
export class NoSession extends Error {
  readonly code = "noSession";
  constructor() {
    super("its pooler keeps no sessions: it needs pool_mode = session");
  }
}

/** Any other refusal of the database, reduced to its SQLSTATE: no SQL, no parameters, no values. */
class QueryFailed extends Error {
  readonly code = "queryFailed";
  constructor(readonly sqlState: string) {
    super(`a database query failed (${sqlState})`);
  }
}

const CONNECTION_CODES = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ENOTFOUND",
  "ETIMEDOUT",
]);

// 08 connection, 25006 read-only, 40P01 a deadlock that did not end in time, 53 resources (a full
// disk), 55P03 lock timeout, 57 operator intervention, 58030 a disk that fails
const UNAVAILABLE_STATES = /^(08|25006|40P01|53|55P03|57|58030)/;

/** Whether the statement surely did not run to an answer because the connection was lost. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (CONNECTION_CODES.has(code) || code === "57P01");
}

/** Whether nobody took the connection, so that there was none to be lost. */
export function isNobodyThere(error: unknown): boolean {
  return ["ECONNREFUSED", "ENOENT", "ENOTFOUND"].includes(codeOf(error) ?? "");
}

/** Whether it was this process that gave the connection up, which the driver knows of. */
export function isGivenUp(error: unknown): boolean {
  return codeOf(error) === "CONNECTION_DESTROYED";
}

/** Whether the database undid a transaction because it and another waited for each other. */
export function isDeadlock(error: unknown): boolean {
  return codeOf(error) === "40P01";
}

/** Reduces whatever the driver threw to one of the errors above; others pass unchanged. */
export function toDatabaseError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code === "23505") return new UniqueViolation(constraintOf(error));
  if (code === "23502") return new MissingValue(columnOf(error));
  if (CONNECTION_CODES.has(code) || UNAVAILABLE_STATES.test(code)) return new Unavailable(code);
  return new QueryFailed(code);
}

export function isUnavailable(error: unknown): error is Unavailable {
  return hasCode(error, "databaseUnavailable");
}

export function isUniqueViolation(error: unknown): error is UniqueViolation {
  return hasCode(error, "uniqueViolation");
}

export function isMissingValue(error: unknown): error is MissingValue {
  return hasCode(error, "missingValue");
}

/** Whether a statement gave up because it waited too long for a lock. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === "55P03";
}

/** Whether a statement was ended because it took longer than it may. */
export function isTimedOut(error: unknown): boolean {
  return codeOf(error) === "57014";
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

// The pool is shared by two module graphs, so errors are told apart by shape, not by class.
function driverError(error: unknown): unknown {
  return isOfDrizzle(error) ? error.cause : error;
}

function isOfDrizzle(error: unknown): error is Error {
  return error instanceof Error && "query" in error && "params" in error;
}

// What drizzle throws carries every parameter: whatever its cause, it has a code and goes no further.
function codeOf(error: unknown): string | undefined {
  const cause = driverError(error);
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
  const isDriver = cause instanceof Error && cause.name === "PostgresError";
  if (code !== undefined && (isDriver || CONNECTION_CODES.has(code))) return code;
  return isOfDrizzle(error) ? "unknown" : undefined;
}

function constraintOf(error: unknown): string {
  const cause = driverError(error);
  const name = cause instanceof Error && "constraint_name" in cause ? cause.constraint_name : "";
  return String(name);
}

function columnOf(error: unknown): string {
  const cause = driverError(error);
  const name = cause instanceof Error && "column_name" in cause ? cause.column_name : "";
  return String(name);
}
