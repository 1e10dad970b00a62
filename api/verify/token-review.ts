import type { UserActor } from "@/domain/actor";
import { canReviewTokens } from "@/domain/tokens/policy";
import { type Accepted, check } from "../check";
import { toUserInfo } from "../user-info";
import { requireCaller } from "./caller";
import { checkOptions } from "./credential";
import { type Exchange, refused, sendJson } from "./exchange";
import { onceKnown } from "./once-known";
import { readBody } from "./read-body";

// API servers send v1beta1 unless they are told otherwise (--authentication-token-webhook-version).
const VERSIONS = ["authentication.k8s.io/v1", "authentication.k8s.io/v1beta1"];
const AUDIENCES_MAX = 100;

interface Review {
  apiVersion: string;
  token: string;
  /** Undefined: whoever accepts any of ours. */
  audiences: string[] | undefined;
}

/**
 * A TokenReview (authentication.k8s.io/v1) for administrators and verifiers. Audiences as in
 * Kubernetes: the answer has those asked for that are ours, and with none of them the token is not
 * authenticated. The token is not repeated, and a refusal has no reason.
 */
export function reviewToken(
  exchange: Exchange,
  { audiences: ours }: { audiences: readonly string[] },
): undefined | Promise<undefined> {
  return onceKnown(requireCaller(exchange), (caller) => {
    requireMayReview(caller);
    if (exchange.request.method !== "POST") {
      const message = "the server does not allow this method on the requested resource";
      throw refused(405, "MethodNotAllowed", message, ["Allow", "POST"]);
    }
    return readBody(exchange.request, "application/json").then((text) => {
      const review = parseReview(text);
      return onceKnown(check(review.token, checkOptions("tokenreview", exchange)), (accepted) => {
        sendJson(exchange, 201, JSON.stringify(toAnswer(review, accepted, ours)));
        return undefined;
      });
    });
  });
}

function toAnswer(review: Review, accepted: Accepted | null, ours: readonly string[]) {
  const audiences = review.audiences?.filter((audience) => ours.includes(audience)) ?? ours;
  const isFor = accepted !== null && (review.audiences === undefined || audiences.length > 0);
  const status = isFor
    ? { authenticated: true, user: toUserInfo(accepted.actor), audiences }
    : { authenticated: false };
  return { apiVersion: review.apiVersion, kind: "TokenReview", metadata: {}, spec: {}, status };
}

function requireMayReview(caller: UserActor): void {
  if (canReviewTokens(caller)) return;
  const message =
    `tokenreviews.authentication.k8s.io is forbidden: User "${caller.username}" cannot create ` +
    `resource "tokenreviews" in API group "authentication.k8s.io" at the cluster scope`;
  throw refused(403, "Forbidden", message);
}

function parseReview(text: string): Review {
  const body = asObject("the request body", parseJson(text));
  const { apiVersion = VERSIONS[0], kind = "TokenReview" } = body;
  if (typeof apiVersion !== "string" || !VERSIONS.includes(apiVersion) || kind !== "TokenReview") {
    throw badRequest(`the body must be a TokenReview of ${VERSIONS.join(" or ")}`);
  }
  const spec = asObject("spec", body.spec ?? {});
  const { token, audiences } = spec;
  if (token !== undefined && token !== null && typeof token !== "string") {
    throw badRequest("spec.token must be text");
  }
  if (!token) throw badRequest("token is required for TokenReview in authentication");
  return { apiVersion, token, audiences: parseAudiences(audiences) };
}

function parseAudiences(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
  if (!isList || value.length > AUDIENCES_MAX) {
    throw badRequest(`spec.audiences must be a list of at most ${AUDIENCES_MAX} texts`);
  }
  return value.length > 0 ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("the request body is not valid JSON");
  }
}

function asObject(what: string, value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw badRequest(`${what} must be a JSON object`);
}

function badRequest(message: string) {
  return refused(400, "BadRequest", message);
}
