import type { Route } from "next";
import { type AuditFilter, toAuditQuery } from "@/domain/audit/filter";

/** The address of a list of events. The cast holds: a query changes no page. */
export function auditHref(filter: AuditFilter): Route {
  return `/admin/audit${toAuditQuery(filter)}` as Route;
}
