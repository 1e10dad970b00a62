import type { TokenConditions } from "@/db/token-conditions";
import type { Actor } from "../actor";
import { addressRange } from "./address-range";
import type { TokenFilter } from "./filter";
import { EXPIRES_SOON_MS } from "./lifecycle";
import { visibleOwner } from "./policy";
import { createdRange, expiryRange, lastUseRange, spanMs } from "./time-window";

export interface ListScope {
  /** Limits an admin to their own tokens, as everybody else is anyway. */
  ownOnly?: boolean | undefined;
  /** Limits an admin to the tokens of this user. */
  ownerId?: string | undefined;
}

/** What of a filter the database is asked for; whose tokens the actor may see is always in it. */
export function conditionsOf(
  actor: Actor,
  filter: TokenFilter,
  { ownOnly, ownerId, ttlMsMax }: ListScope & { ttlMsMax: number | null },
): TokenConditions {
  const { owner, kind, expiry, created, lastUse, lifetime, address } = filter;
  return {
    ownerId: ownOnly && actor.kind === "user" ? actor.userId : (visibleOwner(actor) ?? ownerId),
    owner: ownerOf(owner),
    ownerRole: filter.ownerRole,
    ownerEnabled: filter.ownerState && filter.ownerState === "enabled",
    search: filter.search,
    kind: kindOf(kind),
    state: filter.state,
    soonMs: EXPIRES_SOON_MS,
    expiry: expiry && expiryRange(expiry),
    created: created && createdRange(created),
    lastUse: lastUse && lastUseRange(lastUse),
    lifetime: lifetime && lifetimeOf(lifetime, ttlMsMax),
    address: address === undefined ? undefined : addressRange(address),
  };
}

function kindOf(kind: string | undefined): TokenConditions["kind"] {
  if (kind === undefined) return { not: "session" };
  return kind === "all" ? undefined : { is: kind };
}

function lifetimeOf(lifetime: string, ttlMsMax: number | null): TokenConditions["lifetime"] {
  if (lifetime === "over-max") return { aboveMs: ttlMsMax, derivedOnly: true };
  return { aboveMs: spanMs(lifetime.slice(1)) ?? null, derivedOnly: false };
}

function ownerOf(owner: string | undefined): TokenConditions["owner"] {
  if (owner === undefined) return undefined;
  return owner.startsWith("=") ? { is: owner.slice(1) } : { startsWith: owner };
}
