import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { getSetting } from "@/domain/settings/list";
import { listSettingCollection } from "@/domain/settings/list-collection";
import { requireSettingsManager, requireSettingsReader } from "@/domain/settings/policy";
import { updateSetting } from "@/domain/settings/update";
import { READS } from "../reads";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { getOne, patchOne, replaceOne } from "./objects";
import { otherMethods } from "./other-methods";
import { SETTINGS } from "./setting-kind";
import { getUnwatchedList } from "./unwatched-list";

// Before a body is read: to others every address here is the same refusal.
const requireManager = createMiddleware<ApiEnvironment>(async (context, next) => {
  const { actor } = context.var;
  if (READS.includes(context.req.method)) requireSettingsReader(actor);
  else await requireSettingsManager(actor, context.req.param("name") ?? "");
  await next();
});

/** The resource `settings` of `management.cattle.io/v3`, for administrators. */
export const settings = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .use("/", requireManager)
  .use("/:name", requireManager)
  .get("/", getUnwatchedList(SETTINGS, listSettingCollection))
  .get("/:name", getOne(SETTINGS, getSetting))
  .put("/:name", replaceOne(SETTINGS, updateSetting))
  .patch("/:name", patchOne(SETTINGS, { get: getSetting, update: updateSetting }))
  .all("/", otherMethods("GET", "HEAD"))
  .all("/:name", otherMethods("GET", "HEAD", "PUT", "PATCH"));
