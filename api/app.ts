import { type Context, Hono } from "hono";
import type { Logger } from "pino";
import { toDomainError } from "@/domain/errors";
import { audit } from "./audit";
import { challenge } from "./authorization";
import { inventory } from "./inventory";
import { discovery } from "./kube/discovery/discovery";
import { resourceAt } from "./kube/discovery/groups";
import { openApi } from "./kube/openapi/openapi";
import {
  selfSubjectAccessReviews,
  selfSubjectReviews,
  selfSubjectRulesReviews,
} from "./kube/self-reviews";
import { settings } from "./kube/settings";
import { failure, STATUS_OF, type Status, type Subject, toStatus } from "./kube/status";
import { tokens } from "./kube/tokens";
import {
  BodyTooLarge,
  isAborted,
  MethodNotAllowed,
  NotAcceptable,
  UnsupportedMediaType,
} from "./kube/transport-errors";
import { users } from "./kube/users";
import { limitBody } from "./limit-body";
import { login } from "./login";
import { health } from "./operations/health";
import { metrics } from "./operations/metrics";
import type { ApiEnvironment } from "./require-bearer";

const BODY_BYTES_MAX = 512 * 1_024;
const PROGRAM_PATHS =
  /^\/(apis|api(?!\/auth(\/|$))|openapi|version|v1-public|oauth2|verify|healthz|readyz|metrics)(\/|$)/;

interface Answer {
  status: Status;
  headers: Record<string, string>;
}

interface ApiOptions {
  log: Logger;
  isDraining: () => boolean;
}

/** Whether an address belongs to programs; everything else is the console's. */
export function isProgramPath(pathname: string): boolean {
  return PROGRAM_PATHS.test(pathname);
}

/** The API for programs: every refusal is a Kubernetes Status, and nothing of it is cached. */
export function createApi({ log, isDraining }: ApiOptions): Hono<ApiEnvironment> {
  return new Hono<ApiEnvironment>()
    .use(async (context, next) => {
      context.set("log", log);
      await next();
      context.header("Cache-Control", "no-store");
    })
    .use(limitBody(BODY_BYTES_MAX))
    .route("/apis/ext.cattle.io/v1/tokens", tokens)
    .route("/apis/management.cattle.io/v3/settings", settings)
    .route("/apis/management.cattle.io/v3/users", users)
    .route("/apis/authentication.k8s.io/v1/selfsubjectreviews", selfSubjectReviews)
    .route("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", selfSubjectAccessReviews)
    .route("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", selfSubjectRulesReviews)
    .route("/apis/audit.latchkey/v1", audit)
    .route("/apis/inventory.latchkey/v1", inventory)
    .route("/", discovery)
    .route("/openapi", openApi)
    .route("/v1-public", login)
    .route("/", health(isDraining))
    .route("/", metrics)
    .notFound((context) => {
      const message = "the server could not find the requested resource";
      return context.json(failure(404, "NotFound", message), 404);
    })
    .onError((error, context) => {
      const answer = toAnswer(error, subjectOf(context));
      const requestId = context.req.header("x-request-id");
      if (!answer) log.error({ requestId, err: error }, "request failed");
      const { status, headers } = answer ?? internalError(requestId);
      for (const [name, value] of Object.entries(headers)) context.header(name, value);
      if (status.code === 401) {
        const hasCredential = Boolean(context.req.header("authorization"));
        context.header("WWW-Authenticate", challenge(hasCredential));
      }
      context.header("Cache-Control", "no-store");
      return context.json(status, status.code as 400);
    });
}

function subjectOf(context: Context): Subject | undefined {
  const found = resourceAt(context.req.path);
  return found && { ...found, name: context.req.param("name") ?? "" };
}

function toAnswer(error: Error, subject: Subject | undefined): Answer | undefined {
  const noHeaders: Record<string, string> = {};
  if (error instanceof UnsupportedMediaType) {
    return { status: failure(415, "UnsupportedMediaType", error.message), headers: noHeaders };
  }
  if (error instanceof BodyTooLarge) {
    return { status: failure(413, "RequestEntityTooLarge", error.message), headers: noHeaders };
  }
  // Nobody is there to read it; it is no failure of this server.
  if (isAborted(error))
    return { status: failure(400, "BadRequest", "the body has no end"), headers: noHeaders };
  if (error instanceof NotAcceptable) {
    return { status: failure(406, "NotAcceptable", error.message), headers: noHeaders };
  }
  if (error instanceof MethodNotAllowed) {
    const headers = { Allow: error.allowed.join(", ") };
    return { status: failure(405, "MethodNotAllowed", error.message), headers };
  }
  const refusal = toDomainError(error);
  if (!refusal) return undefined;
  if (refusal.code === "unauthenticated") {
    // Every failed authentication is this one answer, whatever the reason.
    const { code, reason } = STATUS_OF.unauthenticated;
    return { status: failure(code, reason, refusal.message), headers: noHeaders };
  }
  const retryAfter = refusal.retryAfterMs ? Math.ceil(refusal.retryAfterMs / 1_000) : undefined;
  const headers = retryAfter ? { "Retry-After": String(retryAfter) } : noHeaders;
  return { status: toStatus(refusal, subject), headers };
}

function internalError(requestId: string | undefined): Answer {
  const message = `an internal error occurred; the log has it under request ${requestId ?? "(none)"}`;
  return { status: failure(500, "InternalError", message), headers: {} };
}
