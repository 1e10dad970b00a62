import { Hono } from "hono";
import { z } from "zod";
import type { UserActor } from "@/domain/actor";
import { DomainError, invalid } from "@/domain/errors";
import { parseInput } from "@/domain/parse";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { judgeAccess } from "./access";
import { readObject, requireKind } from "./body";
import { reportFields, unknownFields } from "./field-validation";
import { selfSubjectAccessReviewKind, selfSubjectReviewKind } from "./kinds/reviews";
import { negotiate, PLAIN_JSON } from "./negotiate";
import { otherMethods } from "./other-methods";

// kubectl sends protobuf first and repeats in JSON when it is refused.
const MEDIA_TYPES = ["application/json", "application/yaml"];
const AUTHENTICATION = "authentication.k8s.io/v1";
const AUTHORIZATION = "authorization.k8s.io/v1";

/** Who sent this request: `kubectl auth whoami`. */
export const selfSubjectReviews = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .post("/", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const { value, duplicates } = await readObject(context, MEDIA_TYPES);
    requireKind(value, AUTHENTICATION, "SelfSubjectReview");
    const unknown = unknownFields(selfSubjectReviewKind, value);
    reportFields(context, { unknown, duplicates });
    return context.json(
      {
        apiVersion: AUTHENTICATION,
        kind: "SelfSubjectReview",
        metadata: {},
        status: { userInfo: toUserInfo(context.var.actor) },
      },
      201,
    );
  })
  .all("/", otherMethods("POST"));

/** What the sender of this request may do: `kubectl auth can-i`. */
export const selfSubjectAccessReviews = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .post("/", async (context) => {
    negotiate(context, [PLAIN_JSON]);
    const { value, duplicates } = await readObject(context, MEDIA_TYPES);
    requireKind(value, AUTHORIZATION, "SelfSubjectAccessReview");
    const unknown = unknownFields(selfSubjectAccessReviewKind, value);
    reportFields(context, { unknown, duplicates });
    const spec = requireQuestion(value);
    const { resourceAttributes, nonResourceAttributes } = spec;
    const status = resourceAttributes
      ? await judgeAccess(context.var.actor, resourceAttributes)
      : { allowed: false, reason: `nothing is granted on ${nonResourceAttributes?.path}` };
    return context.json(
      {
        apiVersion: AUTHORIZATION,
        kind: "SelfSubjectAccessReview",
        metadata: {},
        spec,
        status,
      },
      201,
    );
  })
  .all("/", otherMethods("POST"));

/** A user as Kubernetes tells of one (authentication.k8s.io/v1 UserInfo). */
function toUserInfo(actor: UserActor) {
  return {
    username: actor.username,
    uid: actor.userId,
    groups: ["system:authenticated", `latchkey:${actor.role}`],
    extra: { "latchkey.io/token": [actor.tokenName] },
  };
}

function requireQuestion(value: Record<string, unknown>) {
  const schema = z.object({ spec: selfSubjectAccessReviewKind.shape.spec });
  const parsed = parseInput(schema, { spec: value.spec });
  if (parsed.problems) throw invalid(parsed.problems);
  const { spec } = parsed.value;
  if (Boolean(spec.resourceAttributes) === Boolean(spec.nonResourceAttributes)) {
    throw new DomainError(
      "badRequest",
      "spec must have either resourceAttributes or nonResourceAttributes",
    );
  }
  return spec;
}
