import { Hono } from "hono";
import { exportAuditEvents } from "@/domain/audit/export";
import { parseAuditFilter } from "@/domain/audit/filter";
import { DomainError } from "@/domain/errors";
import { otherMethods } from "./kube/other-methods";
import { type ApiEnvironment, requireBearer } from "./require-bearer";
import { streamOf } from "./stream";

/**
 * The audit trail for programs of administrators: every event that the filter selects, as JSON lines
 * or with `format=csv` as CSV. A filter that is not understood is a badRequest, never a longer list.
 */
export const audit = new Hono<ApiEnvironment>()
  .get("/events", requireBearer, async (context) => {
    const { format = "jsonl", ...params } = context.req.query();
    if (format !== "csv" && format !== "jsonl") {
      throw new DomainError("badRequest", "format must be csv or jsonl");
    }
    const { filter, problems } = parseAuditFilter(params);
    if (problems.length > 0) throw new DomainError("badRequest", problems.join(" "));
    const { chunks, mediaType, fileName } = await exportAuditEvents(
      context.var.actor,
      filter,
      format,
    );
    return context.body(streamOf(chunks), 200, {
      "Content-Type": mediaType,
      "Content-Disposition": `attachment; filename="${fileName}"`,
    });
  })
  .all("/events", otherMethods("GET", "HEAD"));
