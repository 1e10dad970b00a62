import { z } from "zod";
import { objectMeta, typeMeta } from "./object-meta";

const text = (description: string) => z.string("must be text").optional().describe(description);
const texts = (description: string) =>
  z.array(z.string("must be text"), "must be a list of texts").nullish().describe(description);
const metadata = objectMeta.nullish().describe("Ignored: a review is not stored.");

const userInfo = z
  .object({
    username: text("The name the user signs in with."),
    uid: text("The id of the user, which is never used again."),
    groups: texts("The groups of the user."),
    extra: z.record(z.string(), z.array(z.string())).optional().describe("More, by name."),
  })
  .optional();

export const selfSubjectReviewKind = z
  .object({
    ...typeMeta,
    metadata,
    status: z
      .object({ userInfo: userInfo.describe("The user who sent this request.") })
      .nullish()
      .describe("Filled in by the server."),
  })
  .describe("SelfSubjectReview tells who sent this request: kubectl auth whoami.");

export const tokenReviewKind = z
  .object({
    ...typeMeta,
    metadata,
    spec: z
      .object({
        token: text("The bearer token to check."),
        audiences: texts("The audiences of which the token must be meant for one."),
      })
      .describe("The token to check."),
    status: z
      .object({
        authenticated: z.boolean().optional().describe("Whether the token works."),
        user: userInfo.describe("The owner of the token."),
        audiences: texts("The audiences that the token is meant for."),
        error: text("Why the token could not be checked."),
      })
      .nullish()
      .describe("Filled in by the server."),
  })
  .describe("TokenReview checks a token of somebody else's.");

export const resourceAttributes = z.object({
  namespace: text("Has no meaning here: nothing belongs to a namespace."),
  verb: text("A verb such as get, list, create, update, delete; * is every verb."),
  group: text("The group of the resource, such as ext.cattle.io; * is every group."),
  version: text("The version of the resource; * is every version."),
  resource: text("The resource, such as tokens; * is every resource."),
  subresource: text("A part of the resource: there are none."),
  name: text("One object of that name; empty is all of them."),
  fieldSelector: z.unknown().optional().describe("Not used."),
  labelSelector: z.unknown().optional().describe("Not used."),
});

export const selfSubjectAccessReviewKind = z
  .object({
    ...typeMeta,
    metadata,
    spec: z
      .object({
        resourceAttributes: resourceAttributes.nullish().describe("What would be done to what."),
        nonResourceAttributes: z
          .object({ path: text("A path of the server."), verb: text("The HTTP method.") })
          .nullish()
          .describe("What would be done to a path that is no resource."),
      })
      .describe("The question. Exactly one of the two attributes is set."),
    status: z
      .object({
        allowed: z.boolean().optional().describe("Whether it would be allowed."),
        denied: z.boolean().optional().describe("Whether it is expressly denied."),
        reason: text("Why."),
        evaluationError: text("What went wrong while deciding."),
      })
      .nullish()
      .describe("Filled in by the server."),
  })
  .describe("SelfSubjectAccessReview tells what the sender may do: kubectl auth can-i.");
