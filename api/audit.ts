import { Hono } from "hono";
import { exportAuditEvents } from "@/domain/audit/export";
import { parseAuditFilter } from "@/domain/audit/filter";
import { DomainError } from "@/domain/errors";
import { fileAnswer, readExportRequest } from "./export";
import { otherMethods } from "./kube/other-methods";
import { type ApiEnvironment, requireBearer } from "./require-bearer";

/**
 * The audit trail for programs of administrators: every event that the filter selects, as JSON lines
 * or with `format=csv` as CSV. A filter that is not understood is a badRequest, never a longer list.
 */
export const audit = new Hono<ApiEnvironment>()
  .get("/events", requireBearer, async (context) => {
    const { format, params } = readExportRequest(context);
    const { filter, problems } = parseAuditFilter(params);
    if (problems.length > 0) throw new DomainError("badRequest", problems.join(" "));
    return fileAnswer(context, await exportAuditEvents(context.var.actor, filter, format));
  })
  .all("/events", otherMethods("GET", "HEAD"));
