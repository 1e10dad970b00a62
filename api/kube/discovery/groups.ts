import type { z } from "zod";
import type { ApiResource } from "../kind";
import {
  selfSubjectAccessReviewKind,
  selfSubjectReviewKind,
  selfSubjectRulesReviewKind,
  tokenReviewKind,
} from "../kinds/reviews";
import { SETTINGS } from "../setting-kind";
import { TOKENS } from "../token-kind";
import { USERS } from "../user-kind";

export interface ApiGroup {
  name: string;
  version: string;
  resources: readonly ApiResource[];
}

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
      review("selfsubjectrulesreview", "SelfSubjectRulesReview", selfSubjectRulesReviewKind),
    ],
  },
  { name: TOKENS.group, version: TOKENS.version, resources: [TOKENS] },
  { name: USERS.group, version: USERS.version, resources: [SETTINGS, USERS] },
];

/** What an address is about, or undefined: `/apis/<group>/<version>/<resource>[/<name>]`. */
export function resourceAt(path: string): { group: string; resource: ApiResource } | undefined {
  const [, , groupName, version, resourceName] = path.split("/");
  const group = API_GROUPS.find(({ name, ...of }) => name === groupName && of.version === version);
  const resource = group?.resources.find(({ name }) => name === resourceName);
  return group && resource ? { group: group.name, resource } : undefined;
}

function review(singularName: string, kind: string, schema: z.ZodObject): ApiResource {
  return { name: `${singularName}s`, singularName, kind, verbs: REVIEW, schema };
}
