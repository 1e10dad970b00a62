import { format } from "node:util";
import pino, { type DestinationStream, type Logger } from "pino";
import { withoutSecrets } from "@/domain/tokens/without-secrets";
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

const UNSEEN = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const REDACTED = ["authorization", "cookie", "password", "secret", "hash"];

/** JSON lines on standard output. */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: keepKnownFields },
    serializers: { err: describeError, path: describePath },
    hooks: { streamWrite: withoutControls },
    redact: REDACTED.flatMap((name) => [name, `*.${name}`]),
  };
  return destination ? pino(options, destination) : pino(options);
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
  log[level](err ? { err } : {}, format(...text).trim() || (err ? describeMessage(err) : ""));
}

function keepKnownFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => FIELDS.has(name)));
}

// JSON escapes the controls below a space itself. These others could move a terminal's cursor, end a
// line or turn the order of what is read.
function withoutControls(line: string): string {
  return line.replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

// An address is logged on every way: somebody may have put a token where its name belongs.
function describePath(path: unknown): unknown {
  return typeof path === "string" ? withoutSecrets(path) : path;
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  const message = describeMessage(error);
  return {
    type: error.name,
    message,
    // It begins with the message.
    stack: error.stack?.replace(error.message, () => message),
    ...("code" in error ? { code: error.code } : {}),
    ...("digest" in error ? { digest: error.digest } : {}),
    ...(error.cause instanceof Error ? { cause: describeMessage(error.cause) } : {}),
  };
}

// V8 quotes the text that it could not parse, which may be what somebody has sent.
function describeMessage(error: Error): string {
  return error.name === "SyntaxError" ? "not to be parsed" : withoutSecrets(error.message);
}
