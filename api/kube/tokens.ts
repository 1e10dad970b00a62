import { Hono } from "hono";
import { createToken } from "@/domain/tokens/create";
import { deleteToken } from "@/domain/tokens/delete";
import { getToken } from "@/domain/tokens/get";
import { updateToken } from "@/domain/tokens/update";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { readObject, toResourceBody } from "./body";
import { deleteSelected, getCollection } from "./collection";
import { isDryRun, readDeleteOptions } from "./delete-options";
import { warnOfLabels, warnOfName } from "./ignored-fields";
import { negotiate, PLAIN_JSON } from "./negotiate";
import { otherMethods } from "./other-methods";
import { patchToken, requireName } from "./patch-token";
import { toCreateInput, toResource, toUpdateInput } from "./resource";
import { requestedTable, toTable } from "./table";

const OBJECT_TYPES = ["application/json", "application/yaml"];

/** The resource `tokens` of `ext.cattle.io/v1`: translates, and calls the verbs of the domain. */
export const tokens = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .get("/", getCollection)
  .delete("/", deleteSelected)
  .post("/", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const body = toResourceBody(context, await readObject(context, OBJECT_TYPES));
    const options = { dryRun: isDryRun(context) };
    const { token, secret } = await createToken(context.var.actor, toCreateInput(body), options);
    warnOfName(context, body);
    warnOfLabels(context, body, token);
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
    warnOfLabels(context, body, token);
    return context.json(toResource(token));
  })
  .patch("/:name", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const options = { dryRun: isDryRun(context) };
    return context.json(toResource(await patchToken(context, context.req.param("name"), options)));
  })
  .delete("/:name", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const name = context.req.param("name");
    const options = await readDeleteOptions(context);
    const token = await deleteToken(context.var.actor, name, options);
    return context.json({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name, group: "ext.cattle.io", kind: "tokens", uid: token.uid },
    });
  })
  .all("/", otherMethods("GET", "HEAD", "POST", "DELETE"))
  .all("/:name", otherMethods("GET", "HEAD", "PUT", "PATCH", "DELETE"));
