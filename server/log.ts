import { format } from "node:util";
import pino, { type Logger } from "pino";
import type { LogLevel } from "./config";

// Only these reach a log line, so a secret in a field nobody thought of does not.
const FIELDS = new Set([
  "action",
  "actor",
  "address",
  "code",
  "count",
  "durationMs",
  "err",
  "method",
  "object",
  "outcome",
  "path",
  "reason",
  "requestId",
  "signal",
  "status",
]);

const REDACTED = ["authorization", "cookie", "password", "secret", "hash"];

/** JSON lines on standard output. */
export function createLog(level: LogLevel): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: keepKnownFields },
    serializers: { err: describeError },
    redact: REDACTED.flatMap((name) => [name, `*.${name}`]),
  });
}

/** Next and libraries write to the console; from now on that is in the log as well. */
export function routeConsole(log: Logger): void {
  console.debug = (...values) => writeConsole(log, "debug", values);
  console.info = (...values) => writeConsole(log, "info", values);
  console.log = (...values) => writeConsole(log, "info", values);
  console.warn = (...values) => writeConsole(log, "warn", values);
  console.error = (...values) => writeConsole(log, "error", values);
}

function writeConsole(log: Logger, level: "debug" | "info" | "warn" | "error", values: unknown[]) {
  const err = values.find((value) => value instanceof Error);
  const text = values.filter((value) => typeof value === "string");
  log[level](err ? { err } : {}, format(...text).trim() || (err?.message ?? ""));
}

function keepKnownFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => FIELDS.has(name)));
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...("code" in error ? { code: error.code } : {}),
    ...("digest" in error ? { digest: error.digest } : {}),
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
  };
}
