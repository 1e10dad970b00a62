import { Hono } from "hono";
import { DomainError } from "@/domain/errors";
import { exportTokens } from "@/domain/tokens/export";
import { readTokenFilter } from "@/domain/tokens/filter";
import { fileAnswer, readExportRequest } from "./export";
import { otherMethods } from "./kube/other-methods";
import { type ApiEnvironment, requireBearer } from "./require-bearer";

const ORDERS = ["sort", "after", "before"];

/**
 * The inventory for programs: every token that the filter selects and the caller may see, in the
 * order of creation, as JSON lines or with `format=csv` as CSV. A filter that is not understood is a
 * badRequest, never a longer list.
 */
export const inventory = new Hono<ApiEnvironment>()
  .get("/tokens", requireBearer, async (context) => {
    const { format, params } = readExportRequest(context);
    const { filter, notices } = readTokenFilter(params);
    const problems = [
      ...notices.map(({ message }) => message),
      ...ORDERS.filter((name) => name in params).map(
        (name) => `“${name}” is of pages: an export is in the order of creation.`,
      ),
    ];
    if (problems.length > 0) throw new DomainError("badRequest", problems.join(" "));
    return fileAnswer(context, await exportTokens(context.var.actor, filter, format));
  })
  .all("/tokens", otherMethods("GET", "HEAD"));
