import type { Context } from "hono";
import { DomainError } from "@/domain/errors";
import type { WatchRequest } from "@/domain/tokens/watch";
import { toFlag, toVersion, toVersionMatch, toWhole } from "./list-request";
import { toSelection } from "./token-selection";

const SECOND_MS = 1_000;
const TIMEOUT_MS = { min: 1_800 * SECOND_MS, max: 3_600 * SECOND_MS };
const BOOKMARK_EVERY_MS = { min: 30 * SECOND_MS, max: 60 * SECOND_MS };

/**
 * The watch parameters of Kubernetes: without a version, and from "0", the present state comes
 * first. Refuses what does not go together (badRequest).
 */
export function toWatchRequest(context: Context): WatchRequest {
  const version = toVersion(context) || undefined;
  const match = toVersionMatch(context);
  const asked = context.req.query("sendInitialEvents") ? "sendInitialEvents" : undefined;
  const withState = asked ? toFlag(context, asked) : version === undefined;
  if (asked && match !== "NotOlderThan") {
    throw new DomainError(
      "badRequest",
      "sendInitialEvents needs resourceVersionMatch to be NotOlderThan",
    );
  }
  if (!asked && match !== "") {
    throw new DomainError("badRequest", "resourceVersionMatch of a watch needs sendInitialEvents");
  }
  const hasBookmarks = toFlag(context, "allowWatchBookmarks");
  const timeoutSeconds = toWhole(context, "timeoutSeconds", Number.MAX_SAFE_INTEGER);
  return {
    selection: toSelection(context),
    after: version,
    withState,
    tellsInitialEnd: asked !== undefined && withState && hasBookmarks,
    hasBookmarks,
    timeoutMs: timeoutSeconds
      ? Math.min(timeoutSeconds * SECOND_MS, TIMEOUT_MS.max)
      : between(TIMEOUT_MS),
    bookmarkEveryMs: between(BOOKMARK_EVERY_MS),
  };
}

// Not all at the same time.
function between({ min, max }: { min: number; max: number }): number {
  return min + Math.random() * (max - min);
}
