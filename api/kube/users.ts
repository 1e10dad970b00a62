import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { createUser } from "@/domain/users/create";
import { deleteUser } from "@/domain/users/delete";
import { getUser } from "@/domain/users/get";
import { listUserCollection } from "@/domain/users/list-collection";
import { requireUserManager, requireUserReader } from "@/domain/users/policy";
import { updateUser } from "@/domain/users/update";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { createOne, deleteOne, getOne, patchOne, replaceOne } from "./objects";
import { otherMethods } from "./other-methods";
import { getUnwatchedList } from "./unwatched-list";
import { toCreateUserInput, USERS } from "./user-kind";

const ACTIONS = new Map<string, Parameters<typeof requireUserManager>[1]>([
  ["POST", "user.create"],
  ["PUT", "user.update"],
  ["PATCH", "user.update"],
  ["DELETE", "user.delete"],
]);

// Before a body is read and a user is looked for: to others every address here is the same refusal.
const requireManager = createMiddleware<ApiEnvironment>(async (context, next) => {
  const { actor } = context.var;
  const action = ACTIONS.get(context.req.method);
  if (action) await requireUserManager(actor, action);
  else requireUserReader(actor);
  await next();
});

/** The resource `users` of `management.cattle.io/v3`, for administrators. */
export const users = new Hono<ApiEnvironment>()
  .use(requireBearer, requireManager)
  .get("/", getUnwatchedList(USERS, listUserCollection))
  .post(
    "/",
    createOne(USERS, async (actor, body, options) => {
      const { user } = await createUser(actor, toCreateUserInput(body), options);
      return USERS.toResource(user);
    }),
  )
  .get("/:name", getOne(USERS, getUser))
  .put("/:name", replaceOne(USERS, updateUser))
  .patch("/:name", patchOne(USERS, { get: getUser, update: updateUser }))
  .delete("/:name", deleteOne(USERS, deleteUser))
  .all("/", otherMethods("GET", "HEAD", "POST"))
  .all("/:name", otherMethods("GET", "HEAD", "PUT", "PATCH", "DELETE"));
