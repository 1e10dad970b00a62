import { Hono } from "hono";
import { signIn } from "@/domain/users/sign-in";
import { readJson } from "./kube/body";
import { otherMethods } from "./kube/other-methods";
import { originOf } from "./origin";

/** Sign-in for programs: a session token for a name and password. */
export const login = new Hono()
  .post("/login", async (context) => {
    const body = await readJson(context, ["application/json"]);
    const session = await signIn(body, originOf(context));
    return context.json(
      {
        token: session.bearer,
        name: session.tokenName,
        expiresAt: session.expiresAt?.toISOString() ?? "",
      },
      201,
    );
  })
  .all("/login", otherMethods("POST"));
