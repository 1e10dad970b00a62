import { Hono } from "hono";
import { createToken } from "@/domain/tokens/create";
import { deleteToken } from "@/domain/tokens/delete";
import { getToken } from "@/domain/tokens/get";
import { updateToken } from "@/domain/tokens/update";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { deleteSelected, getCollection } from "./collection";
import { createOne, deleteOne, getOne, patchOne, replaceOne } from "./objects";
import { otherMethods } from "./other-methods";
import { TOKENS } from "./token-kind";
import { toCreateInput, toResource } from "./token-resource";

/** The resource `tokens` of `ext.cattle.io/v1`: translates, and calls the verbs of the domain. */
export const tokens = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .get("/", getCollection)
  .delete("/", deleteSelected)
  .post(
    "/",
    createOne(TOKENS, async (actor, body, options) => {
      const { token, secret } = await createToken(actor, toCreateInput(body), options);
      return toResource(token, secret);
    }),
  )
  .get("/:name", getOne(TOKENS, getToken))
  .put("/:name", replaceOne(TOKENS, updateToken))
  .patch("/:name", patchOne(TOKENS, { get: getToken, update: updateToken }))
  .delete("/:name", deleteOne(TOKENS, deleteToken))
  .all("/", otherMethods("GET", "HEAD", "POST", "DELETE"))
  .all("/:name", otherMethods("GET", "HEAD", "PUT", "PATCH", "DELETE"));
