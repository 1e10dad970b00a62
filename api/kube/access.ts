import type { z } from "zod";
import { isAdmin, type UserActor } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";
import { getToken } from "@/domain/tokens/get";
import { canCreate, canReviewTokens, visibleOwner } from "@/domain/tokens/policy";
import { API_GROUPS } from "./discovery/groups";
import type { resourceAttributes } from "./kinds/reviews";
import { USERS } from "./user-kind";

type Question = z.output<typeof resourceAttributes>;
type PathQuestion = { path?: string | undefined; verb?: string | undefined };
interface Verdict {
  allowed: boolean;
  reason: string;
}

// What everybody with a token may read besides resources.
const READABLE_PATHS = [
  "/api",
  "/apis",
  "/apis/*",
  "/openapi/*",
  "/version",
  "/healthz",
  "/readyz",
];

/**
 * Whether the actor may do what is asked, by the domain's policies. What is named is allowed when
 * it is visible: somebody else's token and a missing one are the same denial.
 */
export async function judgeAccess(actor: UserActor, question: Question): Promise<Verdict> {
  const { group = "", resource = "", verb = "", name = "" } = question;
  const served = API_GROUPS.find((candidate) => candidate.name === group)?.resources.find(
    (candidate) => candidate.name === resource,
  );
  if (!served || question.subresource) return denied("this server has no such resource");
  if (verb !== "*" && !served.verbs.includes(verb)) return denied(`${resource} has no ${verb}`);
  if (resource === "tokens") return judgeTokens(actor, verb, name);
  if (group === USERS.group) {
    return isAdmin(actor)
      ? allowed("administrators manage users and settings")
      : denied(`only administrators manage ${resource}`);
  }
  if (resource !== "tokenreviews") return allowed("everybody may ask about themselves");
  return canReviewTokens(actor)
    ? allowed(`the role ${actor.role} may check other people's tokens`)
    : denied("only administrators and verifiers may check other people's tokens");
}

/** Whether a path that is no resource may be asked for: discovery may be read, by everybody. */
export function judgePath({ path = "", verb = "" }: PathQuestion): Verdict {
  const isReadable = READABLE_PATHS.some((known) =>
    known.endsWith("*") ? path.startsWith(known.slice(0, -1)) : path === known,
  );
  return isReadable && verb === "get"
    ? allowed("everybody with a token may read it")
    : denied("nothing is granted on this path");
}

/** All that the actor may do, resource by resource, as judgeAccess and judgePath say it. */
export async function listAccess(actor: UserActor) {
  const resourceRules = [];
  for (const { name: group, resources } of API_GROUPS) {
    for (const { name: resource, verbs } of resources) {
      const judged = await Promise.all(
        verbs.map(async (verb) => ({
          verb,
          ...(await judgeAccess(actor, { group, resource, verb })),
        })),
      );
      const may = judged.filter((verdict) => verdict.allowed).map(({ verb }) => verb);
      if (may.length > 0)
        resourceRules.push({ verbs: may, apiGroups: [group], resources: [resource] });
    }
  }
  const nonResourceRules = [{ verbs: ["get"], nonResourceURLs: READABLE_PATHS }];
  return { resourceRules, nonResourceRules, incomplete: false };
}

async function judgeTokens(actor: UserActor, verb: string, name: string): Promise<Verdict> {
  if (verb === "create" || verb === "*") {
    if (!canCreate(actor)) return denied("only a user can own a token");
    if (verb === "create") return allowed("for yourself");
  }
  if (name !== "" && !(await isVisible(actor, name))) return denied("there is no such token");
  return visibleOwner(actor) === undefined
    ? allowed("administrators see every token")
    : allowed("your own tokens only");
}

async function isVisible(actor: UserActor, name: string): Promise<boolean> {
  try {
    await getToken(actor, name);
    return true;
  } catch (error) {
    if (toDomainError(error)?.code === "notFound") return false;
    throw error;
  }
}

function allowed(reason: string): Verdict {
  return { allowed: true, reason };
}

function denied(reason: string): Verdict {
  return { allowed: false, reason };
}
