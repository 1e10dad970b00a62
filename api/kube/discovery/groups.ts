import type { z } from "zod";
import {
  selfSubjectAccessReviewKind,
  selfSubjectReviewKind,
  tokenReviewKind,
} from "../kinds/reviews";
import { tokenKind, tokenListKind } from "../kinds/token";

export interface ApiResource {
  name: string;
  singularName: string;
  kind: string;
  verbs: readonly string[];
  schema: z.ZodObject;
  /** The schema of `<kind>List`, for what can be listed. */
  listSchema?: z.ZodObject;
}

export interface ApiGroup {
  name: string;
  version: string;
  resources: readonly ApiResource[];
}

const ALL_VERBS = "create delete deletecollection get list patch update watch".split(" ");
const REVIEW = ["create"];

/** What this API serves. Discovery and OpenAPI are made of it: a new resource is one line here. */
export const API_GROUPS: readonly ApiGroup[] = [
  {
    name: "authentication.k8s.io",
    version: "v1",
    resources: [
      review("selfsubjectreview", "SelfSubjectReview", selfSubjectReviewKind),
      review("tokenreview", "TokenReview", tokenReviewKind),
    ],
  },
  {
    name: "authorization.k8s.io",
    version: "v1",
    resources: [
      review("selfsubjectaccessreview", "SelfSubjectAccessReview", selfSubjectAccessReviewKind),
    ],
  },
  {
    name: "ext.cattle.io",
    version: "v1",
    resources: [
      {
        name: "tokens",
        singularName: "token",
        kind: "Token",
        verbs: ALL_VERBS,
        schema: tokenKind,
        listSchema: tokenListKind,
      },
    ],
  },
];

function review(singularName: string, kind: string, schema: z.ZodObject): ApiResource {
  return { name: `${singularName}s`, singularName, kind, verbs: REVIEW, schema };
}
