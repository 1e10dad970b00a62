import type { Context, Handler } from "hono";
import type { UserActor } from "@/domain/actor";
import type { ApiEnvironment } from "../require-bearer";
import { readObject, toKindBody } from "./body";
import { isDryRun, readDeleteOptions } from "./delete-options";
import { warnOfLabels, warnOfName } from "./ignored-fields";
import type { Kind, KindBody, Resource } from "./kind";
import { negotiate, PLAIN_JSON } from "./negotiate";
import { patchObject, requireName } from "./patch";
import { requestedTable, toTable } from "./table";

interface Options {
  dryRun: boolean;
}

type Get<T> = (actor: UserActor, name: string) => Promise<T>;
type Update<T> = (actor: UserActor, name: string, input: unknown, options: Options) => Promise<T>;
type Remove<T> = (
  actor: UserActor,
  name: string,
  options: Awaited<ReturnType<typeof readDeleteOptions>>,
) => Promise<T>;

const OBJECT_TYPES = ["application/json", "application/yaml"];

/** GET of one object, or of the table of it. */
export function getOne<T>(kind: Kind<T>, get: Get<T>): Handler<ApiEnvironment> {
  return async (context) => {
    const table = requestedTable(context);
    const object = await get(context.var.actor, nameIn(context));
    const now = new Date();
    return context.json(table ? toTable(kind, [object], table, { now }) : kind.toResource(object));
  };
}

/** POST of an object; `create` tells the resource, which may hold what is told once. */
export function createOne<T>(
  kind: Kind<T>,
  create: (actor: UserActor, body: KindBody, options: Options) => Promise<Resource>,
): Handler<ApiEnvironment> {
  return async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const body = toKindBody(context, kind, await readObject(context, OBJECT_TYPES));
    const options = { dryRun: isDryRun(context) };
    const resource = await create(context.var.actor, body, options);
    warnOfName(context, kind, body);
    warnOfLabels(context, kind, body, resource);
    return context.json(resource, 201);
  };
}

/** PUT of an object; what is absent from the body is kept. */
export function replaceOne<T>(kind: Kind<T>, update: Update<T>): Handler<ApiEnvironment> {
  return async (context) => {
    const name = nameIn(context);
    negotiate(context, [PLAIN_JSON]);
    const body = toKindBody(context, kind, await readObject(context, OBJECT_TYPES));
    requireName(body, name);
    const options = { dryRun: isDryRun(context) };
    const object = await update(context.var.actor, name, kind.toUpdateInput(body), options);
    const resource = kind.toResource(object);
    warnOfLabels(context, kind, body, resource);
    return context.json(resource);
  };
}

/** PATCH of an object by a merge patch or a JSON patch. */
export function patchOne<T>(
  kind: Kind<T>,
  { get, update }: { get: Get<T>; update: Update<T> },
): Handler<ApiEnvironment> {
  return async (context) => {
    const { actor } = context.var;
    const name = nameIn(context);
    negotiate(context, [PLAIN_JSON]);
    const options = { dryRun: isDryRun(context) };
    const resource = await patchObject(context, kind, name, {
      get: () => get(actor, name),
      update: (input) => update(actor, name, input, options),
    });
    return context.json(resource);
  };
}

/** DELETE of one object. */
export function deleteOne<T>(kind: Kind<T>, remove: Remove<T>): Handler<ApiEnvironment> {
  return async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const name = nameIn(context);
    const options = await readDeleteOptions(context);
    const { uid } = kind.toResource(await remove(context.var.actor, name, options)).metadata;
    return context.json({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name, group: kind.group, kind: kind.name, uid },
    });
  };
}

function nameIn(context: Context): string {
  return context.req.param("name") ?? "";
}
