import { type Context, Hono } from "hono";
import { DomainError, toDomainError } from "@/domain/errors";
import { createToken } from "@/domain/tokens/create";
import { deleteToken } from "@/domain/tokens/delete";
import { deleteCollection } from "@/domain/tokens/delete-collection";
import { getToken } from "@/domain/tokens/get";
import type { Token } from "@/domain/tokens/token";
import { updateToken } from "@/domain/tokens/update";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { part, readJson, toResourceBody } from "./body";
import { getCollection } from "./collection";
import { toListRequest } from "./list-request";
import { mergePatch } from "./merge-patch";
import { toCreateInput, toResource, toUpdateInput } from "./resource";

const JSON_TYPES = ["application/json"];
const MERGE_PATCH_TYPES = ["application/merge-patch+json"];
const PATCH_ATTEMPTS_MAX = 5;

/** The resource `tokens` of `ext.cattle.io/v1`: translates, and calls the verbs of the domain. */
export const tokens = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .get("/", getCollection)
  .post("/", async (context) => {
    const body = toResourceBody(context, await readJson(context, JSON_TYPES));
    const options = { dryRun: isDryRun(context) };
    const { token, secret } = await createToken(context.var.actor, toCreateInput(body), options);
    return context.json(toResource(token, secret), 201);
  })
  .delete("/", async (context) => {
    const body = await readDeleteOptions(context);
    const dryRun = isDryRun(context, body);
    if (Object.keys(preconditionsOf(body)).length > 0) {
      throw new DomainError("badRequest", "preconditions are about one object, not a collection");
    }
    const { selection, limit, after } = toListRequest(context);
    if (after) throw new DomainError("badRequest", "continue is not supported here");
    const isCancelled = () => context.req.raw.signal.aborted;
    const request = { selection, limit, dryRun, isCancelled };
    const count = await deleteCollection(context.var.actor, request);
    const message = `${count} tokens ${dryRun ? "would be deleted (dry run)" : "deleted"}`;
    return context.json({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      message,
      details: { group: "ext.cattle.io", kind: "tokens" },
    });
  })
  .get("/:name", async (context) => {
    return context.json(toResource(await getToken(context.var.actor, context.req.param("name"))));
  })
  .put("/:name", async (context) => {
    const name = context.req.param("name");
    const body = toResourceBody(context, await readJson(context, JSON_TYPES));
    if (body.metadata.name !== undefined && body.metadata.name !== name) {
      throw new DomainError(
        "badRequest",
        "the name of the object does not match the name on the URL",
      );
    }
    const options = { dryRun: isDryRun(context) };
    const token = await updateToken(context.var.actor, name, toUpdateInput(body), options);
    return context.json(toResource(token));
  })
  .patch("/:name", async (context) => {
    const patch = await readJson(context, MERGE_PATCH_TYPES);
    return context.json(toResource(await patchToken(context, context.req.param("name"), patch)));
  })
  .delete("/:name", async (context) => {
    const body = await readDeleteOptions(context);
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
  });

// A patch is applied to what is stored and written against that version, again and again until
// nobody was quicker (as the Kubernetes API server does), unless it names a version itself.
async function patchToken(
  context: Context<ApiEnvironment>,
  name: string,
  patch: Record<string, unknown>,
): Promise<Token> {
  const options = { dryRun: isDryRun(context) };
  for (let attempt = 1; ; attempt += 1) {
    const stored = toResource(await getToken(context.var.actor, name));
    const body = toResourceBody(context, mergePatch(stored, patch));
    try {
      return await updateToken(context.var.actor, name, toUpdateInput(body), options);
    } catch (error) {
      const isOurs = body.metadata.resourceVersion === stored.metadata.resourceVersion;
      const isConflict = toDomainError(error)?.code === "conflict";
      if (!isConflict || !isOurs || attempt === PATCH_ATTEMPTS_MAX) throw error;
    }
  }
}

async function readDeleteOptions(context: Context): Promise<Record<string, unknown>> {
  return (await context.req.text()) === "" ? {} : await readJson(context, JSON_TYPES);
}

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
