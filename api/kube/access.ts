import type { z } from "zod";
import type { UserActor } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";
import { getToken } from "@/domain/tokens/get";
import { canCreate, canReviewTokens, visibleOwner } from "@/domain/tokens/policy";
import { API_GROUPS } from "./discovery/groups";
import type { resourceAttributes } from "./kinds/reviews";

type Question = z.output<typeof resourceAttributes>;
interface Verdict {
  allowed: boolean;
  reason: string;
}

/**
 * Whether the actor may do what is asked, by the domain's policies. What is named is allowed when
 * it is visible: somebody else's token and a missing one are the same denial.
 */
export async function judgeAccess(actor: UserActor, question: Question): Promise<Verdict> {
  const { group = "", resource = "", verb = "", name = "" } = question;
  const served = API_GROUPS.find((candidate) => candidate.name === group)?.resources.find(
    (candidate) => candidate.name === resource,
  );
  if (!served || question.subresource) return denied(`there is no ${resource} in group "${group}"`);
  if (verb !== "*" && !served.verbs.includes(verb)) return denied(`${resource} has no ${verb}`);
  if (resource === "tokens") return judgeTokens(actor, verb, name);
  if (resource !== "tokenreviews") return allowed("everybody may ask about themselves");
  return canReviewTokens(actor)
    ? allowed(`the role ${actor.role} may check other people's tokens`)
    : denied("only administrators and verifiers may check other people's tokens");
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
