import { FACETS } from "@/domain/tokens/facet-values";
import type { FilterField } from "@/domain/tokens/filter";
import type { ListScope } from "../tokens/list-look";
import { fieldsOf } from "./own-fields";

export interface FilterGroup {
  field: FilterField;
  label: string;
  /** What is offered with its count. */
  values: readonly string[];
  /** What may be written instead. */
  free?: { label: string; hint?: string } | "days";
}

const GROUPS: readonly FilterGroup[] = [
  { field: "state", label: "State", values: FACETS.state },
  {
    field: "expiry",
    label: "Expiry",
    values: ["never", ...FACETS.expiry.filter((value) => value !== "never")],
    free: "days",
  },
  {
    field: "lastUse",
    label: "Last used",
    values: ["never", ...FACETS.lastUse.filter((value) => value !== "never")],
    free: "days",
  },
  { field: "created", label: "Created", values: FACETS.created, free: "days" },
  { field: "lifetime", label: "Lifetime", values: FACETS.lifetime },
  {
    field: "owner",
    label: "Owner",
    values: [],
    free: {
      label: "Name of the owner",
      hint: "The beginning is enough; =name is exactly that one.",
    },
  },
  { field: "ownerRole", label: "Owner’s role", values: FACETS.ownerRole },
  { field: "ownerState", label: "Owner’s state", values: FACETS.ownerState },
  { field: "kind", label: "Kind", values: FACETS.kind, free: { label: "Other kind" } },
  {
    field: "address",
    label: "Network address",
    values: [],
    free: { label: "Address or network", hint: "192.0.2.7 or 10.0.0.0/8" },
  },
  {
    field: "search",
    label: "Text",
    values: [],
    free: { label: "Text", hint: "Anywhere in a name or a description." },
  },
];

/** What can be filtered by, in the order of the menu. */
export function groupsOf(scope: ListScope): readonly FilterGroup[] {
  const fields = fieldsOf(scope);
  return GROUPS.filter(({ field }) => fields.includes(field));
}
