import { type Context, Hono } from "hono";
import { z } from "zod";
import { DomainError, invalid } from "@/domain/errors";
import { parseInput } from "@/domain/parse";
import { type ApiEnvironment, requireBearer } from "../require-bearer";
import { toUserInfo } from "../user-info";
import { judgeAccess, judgePath, listAccess } from "./access";
import { readObject, requireKind } from "./body";
import { reportFields, unknownFields } from "./field-validation";
import {
  selfSubjectAccessReviewKind,
  selfSubjectReviewKind,
  selfSubjectRulesReviewKind,
} from "./kinds/reviews";
import { negotiate, PLAIN_JSON } from "./negotiate";
import { otherMethods } from "./other-methods";
import { fromProtobuf, type Shape } from "./protobuf/decode";

const PROTOBUF = "application/vnd.kubernetes.protobuf";
const MEDIA_TYPES = ["application/json", "application/yaml", PROTOBUF];

interface Review {
  apiVersion: string;
  kind: string;
  schema: z.ZodType;
  /** The numbers of the fields in Kubernetes' generated.proto: kubectl 1.32 sends nothing else. */
  shape: Shape;
}

const WHO_AM_I: Review = {
  apiVersion: "authentication.k8s.io/v1",
  kind: "SelfSubjectReview",
  schema: selfSubjectReviewKind,
  shape: {},
};
const CAN_I: Review = {
  apiVersion: "authorization.k8s.io/v1",
  kind: "SelfSubjectAccessReview",
  schema: selfSubjectAccessReviewKind,
  shape: {
    2: [
      "spec",
      {
        1: [
          "resourceAttributes",
          {
            1: "namespace",
            2: "verb",
            3: "group",
            4: "version",
            5: "resource",
            6: "subresource",
            7: "name",
          },
        ],
        2: ["nonResourceAttributes", { 1: "path", 2: "verb" }],
      },
    ],
  },
};

const WHAT_CAN_I: Review = {
  apiVersion: "authorization.k8s.io/v1",
  kind: "SelfSubjectRulesReview",
  schema: selfSubjectRulesReviewKind,
  shape: { 2: ["spec", { 1: "namespace" }] },
};

/** Who sent this request: `kubectl auth whoami`. */
export const selfSubjectReviews = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .post("/", async (context) => {
    await readReview(context, WHO_AM_I);
    const { apiVersion, kind } = WHO_AM_I;
    const status = { userInfo: toUserInfo(context.var.actor) };
    return context.json({ apiVersion, kind, metadata: {}, status }, 201);
  })
  .all("/", otherMethods("POST"));

/** What the sender of this request may do: `kubectl auth can-i`. */
export const selfSubjectAccessReviews = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .post("/", async (context) => {
    const spec = requireQuestion(await readReview(context, CAN_I));
    const status = spec.resourceAttributes
      ? await judgeAccess(context.var.actor, spec.resourceAttributes)
      : judgePath(spec.nonResourceAttributes ?? {});
    const { apiVersion, kind } = CAN_I;
    return context.json({ apiVersion, kind, metadata: {}, spec, status }, 201);
  })
  .all("/", otherMethods("POST"));

/** Everything that the sender of this request may do: `kubectl auth can-i --list`. */
export const selfSubjectRulesReviews = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .post("/", async (context) => {
    await readReview(context, WHAT_CAN_I);
    const { apiVersion, kind } = WHAT_CAN_I;
    const status = await listAccess(context.var.actor);
    return context.json({ apiVersion, kind, metadata: {}, spec: {}, status }, 201);
  })
  .all("/", otherMethods("POST"));

// The answer is JSON in any case, which every client accepts.
async function readReview(context: Context, { apiVersion, kind, schema, shape }: Review) {
  negotiate(context, [PLAIN_JSON]);
  const { value, duplicates } = await readObject(context, MEDIA_TYPES, {
    [PROTOBUF]: (bytes) => fromProtobuf(bytes, shape),
  });
  requireKind(value, apiVersion, kind);
  reportFields(context, { unknown: unknownFields(schema, value), duplicates });
  return value;
}

function requireQuestion(value: Record<string, unknown>) {
  const schema = z.object({ spec: selfSubjectAccessReviewKind.shape.spec });
  const parsed = parseInput(schema, { spec: value.spec });
  if (parsed.problems) throw invalid(parsed.problems);
  const { spec } = parsed.value;
  if (Boolean(spec.resourceAttributes) !== Boolean(spec.nonResourceAttributes)) return spec;
  throw new DomainError(
    "badRequest",
    "spec must have either resourceAttributes or nonResourceAttributes",
  );
}
