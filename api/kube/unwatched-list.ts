import type { Handler } from "hono";
import type { UserActor } from "@/domain/actor";
import type { Collection, CollectionRequest } from "@/domain/collection";
import { begunStreamOf } from "@/domain/exports/stream";
import type { ApiEnvironment } from "../require-bearer";
import type { Kind } from "./kind";
import { listBody } from "./list-body";
import { toFlag, toListRequest } from "./list-request";
import { requestedTable } from "./table";
import { MethodNotAllowed } from "./transport-errors";
import { toNameSelection } from "./unlabelled";

/** GET of the collection of a kind that has no labels and cannot be watched (MethodNotAllowed). */
export function getUnwatchedList<T>(
  kind: Kind<T>,
  list: (actor: UserActor, request: CollectionRequest) => Promise<Collection<T>>,
): Handler<ApiEnvironment> {
  return async (context) => {
    const table = requestedTable(context);
    if (toFlag(context, "watch")) {
      throw new MethodNotAllowed(
        ["GET", "HEAD"],
        `${kind.name} cannot be watched: list them again`,
      );
    }
    const named = toNameSelection(context, kind);
    const collection = await list(context.var.actor, { ...toListRequest(context), named });
    return context.body(await begunStreamOf(listBody(kind, collection, table)), 200, {
      "Content-Type": "application/json",
    });
  };
}
