import { type Context, Hono } from "hono";
import { DomainError } from "@/domain/errors";
import { createToken } from "@/domain/tokens/create";
import { deleteToken } from "@/domain/tokens/delete";
import { getToken } from "@/domain/tokens/get";
import { listTokens } from "@/domain/tokens/list";
import type { Token } from "@/domain/tokens/token";
import { updateToken } from "@/domain/tokens/update";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { part, readObject, toResourceBody } from "./body";
import { toListRequest } from "./list-request";
import { negotiate, PLAIN_JSON } from "./negotiate";
import { otherMethods } from "./other-methods";
import { patchToken, requireName } from "./patch-token";
import { API_VERSION, toCreateInput, toResource, toUpdateInput } from "./resource";
import { requestedTable, toTable } from "./table";

const OBJECT_TYPES = ["application/json", "application/yaml"];

/** The resource `tokens` of `ext.cattle.io/v1`: translates, and calls the verbs of the domain. */
export const tokens = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .get("/", async (context) => {
    const table = requestedTable(context);
    const { filter, size, all } = toListRequest(context);
    const items: Token[] = [];
    let next: string | null = null;
    do {
      const after: string | undefined = next ?? filter.after;
      const page = await listTokens(
        context.var.actor,
        { ...filter, ...(after ? { after } : {}) },
        { size },
      );
      items.push(...page.tokens);
      next = page.next;
    } while (all && next !== null);
    const metadata = next ? { continue: next } : {};
    if (table) return context.json(toTable(items, table, { now: new Date(), metadata }));
    return context.json({
      apiVersion: API_VERSION,
      kind: "TokenList",
      metadata,
      items: items.map((token) => toResource(token)),
    });
  })
  .post("/", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const body = toResourceBody(context, await readObject(context, OBJECT_TYPES));
    const options = { dryRun: isDryRun(context) };
    const { token, secret } = await createToken(context.var.actor, toCreateInput(body), options);
    return context.json(toResource(token, secret), 201);
  })
  .get("/:name", async (context) => {
    const table = requestedTable(context);
    const token = await getToken(context.var.actor, context.req.param("name"));
    return context.json(table ? toTable([token], table, { now: new Date() }) : toResource(token));
  })
  .put("/:name", async (context) => {
    const name = context.req.param("name");
    negotiate(context, [PLAIN_JSON]);
    const body = toResourceBody(context, await readObject(context, OBJECT_TYPES));
    requireName(body, name);
    const options = { dryRun: isDryRun(context) };
    const token = await updateToken(context.var.actor, name, toUpdateInput(body), options);
    return context.json(toResource(token));
  })
  .patch("/:name", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const options = { dryRun: isDryRun(context) };
    return context.json(toResource(await patchToken(context, context.req.param("name"), options)));
  })
  .delete("/:name", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const hasBody = (await context.req.text()) !== "";
    const body = hasBody ? (await readObject(context, OBJECT_TYPES)).value : {};
    const name = context.req.param("name");
    const options = { dryRun: isDryRun(context, body), preconditions: preconditionsOf(body) };
    const token = await deleteToken(context.var.actor, name, options);
    return context.json({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name, group: "ext.cattle.io", kind: "tokens", uid: token.uid },
    });
  })
  .all("/", otherMethods("GET", "HEAD", "POST"))
  .all("/:name", otherMethods("GET", "HEAD", "PUT", "PATCH", "DELETE"));

function isDryRun(context: Context, body: Record<string, unknown> = {}): boolean {
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
