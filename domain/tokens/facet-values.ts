import { type FilterField, OWNER_ROLES, OWNER_STATES, STATE_FILTERS } from "./filter";

/** How many; `isMore` says that there are more than were counted. */
interface FacetCount {
  count: number;
  isMore: boolean;
}

/** The fields and values that are counted; of kinds, those that there are come after these. */
export const FACETS = {
  state: STATE_FILTERS,
  kind: ["all", "session"],
  expiry: ["1d", "7d", "30d", "never"],
  lastUse: ["1d", "7d", "30d", "not-30d", "not-90d", "never"],
  created: ["1d", "7d", "30d", ">90d", ">365d"],
  lifetime: ["over-max", ">365d"],
  ownerRole: OWNER_ROLES,
  ownerState: OWNER_STATES,
} as const satisfies Partial<Record<FilterField, readonly string[]>>;
export type FacetField = keyof typeof FACETS;

export interface TokenFacets {
  /** Of the filter as it is; null where the time was too short to count, here and below. */
  total: FacetCount | null;
  /** Of each value together with the rest of the filter, but not with the field's own value. */
  counts: Partial<Record<FacetField, Record<string, FacetCount | null>>>;
}
