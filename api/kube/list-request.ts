import type { Context } from "hono";
import { DomainError } from "@/domain/errors";

const LIMIT_MAX = 1_000_000_000;

/** The list parameters of Kubernetes but the selectors. Refuses what it cannot honour (badRequest). */
export function toListRequest(context: Context) {
  const after = context.req.query("continue") || undefined;
  const number = toVersion(context);
  const match = toVersionMatch(context);
  if (match !== "" && number === undefined) {
    throw new DomainError("badRequest", "resourceVersionMatch needs a resourceVersion");
  }
  if (after !== undefined && (number || match !== "")) {
    throw new DomainError("badRequest", "resourceVersion must not be given along with continue");
  }
  if (match === "Exact" && number === 0) {
    throw new DomainError("badRequest", 'resourceVersionMatch Exact must not be used with "0"');
  }
  return {
    limit: toWhole(context, "limit", LIMIT_MAX) ?? 0,
    after,
    version: number === undefined ? undefined : { number, exactly: match === "Exact" },
  };
}

/** A resource version as every change of this database has one; undefined when none is given. */
export function toVersion(context: Context): number | undefined {
  return toWhole(context, "resourceVersion", Number.MAX_SAFE_INTEGER);
}

export function toVersionMatch(context: Context): "" | "Exact" | "NotOlderThan" {
  const match = context.req.query("resourceVersionMatch") ?? "";
  if (match === "" || match === "Exact" || match === "NotOlderThan") return match;
  throw new DomainError("badRequest", "resourceVersionMatch must be Exact or NotOlderThan");
}

/** A parameter that is a whole number up to a maximum; undefined when it is absent or empty. */
export function toWhole(context: Context, name: string, max: number): number | undefined {
  const text = context.req.query(name) || undefined;
  if (text === undefined) return undefined;
  if (/^\d{1,16}$/.test(text) && Number(text) <= max) return Number(text);
  throw new DomainError("badRequest", `${name} must be a whole number that is not negative`);
}

/** A parameter that is true or false; absent is false. */
export function toFlag(context: Context, name: string): boolean {
  const text = context.req.query(name) ?? "";
  if (["", "0", "false"].includes(text)) return false;
  if (["1", "true"].includes(text)) return true;
  throw new DomainError("badRequest", `${name} must be true or false`);
}
