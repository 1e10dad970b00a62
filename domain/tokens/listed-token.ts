import type { ListedToken as Row } from "@/db/token-list";
import type { Actor, Role } from "../actor";
import { withPendingUse } from "./record-use";
import { assessRisk, type Risk } from "./risk";
import { type TokenSummary, toSummary } from "./token";

/** What a list shows of a token, with what makes it dangerous. */
export interface ListedToken extends TokenSummary {
  ownerRole: Role;
  /** From how many networks it was used. */
  networks: number;
  /** As of the moment of reading. The order by risk goes by a stored score, a minute old at most. */
  risk: Risk;
}

export function toListed(
  actor: Actor,
  row: Omit<Row, "position">,
  ttlMsMax: number | null,
): ListedToken {
  const used = withPendingUse(row);
  return {
    ...toSummary(used, actor.kind === "user" ? actor.tokenName : undefined),
    ownerRole: row.ownerRole,
    networks: row.networks,
    risk: assessRisk(used, { ttlMsMax, now: row.readAt }),
  };
}
