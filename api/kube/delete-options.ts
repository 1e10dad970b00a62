import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import { part, readObject } from "./body";

const MEDIA_TYPES = ["application/json", "application/yaml"];

/** The DeleteOptions of a request, empty without a body. Refuses what it cannot honour. */
export async function readDeleteOptions(context: Context) {
  const isEmpty = (await context.req.text()) === "";
  const body = isEmpty ? {} : (await readObject(context, MEDIA_TYPES)).value;
  return { dryRun: isDryRun(context, body), preconditions: preconditionsOf(body) };
}

/** Whether nothing may be stored, by the query or the options. Refuses values but All (badRequest). */
export function isDryRun(context: Context, body: Record<string, unknown> = {}): boolean {
  const asked = [...(context.req.queries("dryRun") ?? []), ...[body.dryRun ?? []].flat()];
  if (asked.every((value) => value === "All" || value === "")) return asked.includes("All");
  throw new DomainError("badRequest", "dryRun must be All");
}

function preconditionsOf(body: Record<string, unknown>) {
  const wanted = part("preconditions", body.preconditions);
  const text = (name: "uid" | "resourceVersion") => {
    const value = wanted[name];
    if (value === undefined || value === null) return {};
    if (typeof value === "string") return { [name]: value };
    throw new DomainError("badRequest", `preconditions.${name} must be text`);
  };
  return { ...text("uid"), ...text("resourceVersion") };
}
