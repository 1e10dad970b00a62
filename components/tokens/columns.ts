import type { SortColumn } from "@/domain/tokens/filter";

export interface Column {
  sort: SortColumn;
  label: string;
  /** Which way a first click on the header sorts. */
  descendingFirst: boolean;
}

const NAME: Column = { sort: "name", label: "Name", descendingFirst: false };
const OWNER: Column = { sort: "owner", label: "Owner", descendingFirst: false };
const REST: readonly Column[] = [
  { sort: "description", label: "Description", descendingFirst: false },
  { sort: "kind", label: "Kind", descendingFirst: false },
  { sort: "state", label: "State", descendingFirst: true },
  { sort: "risk", label: "Risk", descendingFirst: true },
  { sort: "expires", label: "Expires", descendingFirst: false },
  { sort: "last-used", label: "Last used", descendingFirst: true },
  { sort: "created", label: "Created", descendingFirst: true },
];

export function columnsOf(scope: "own" | "all"): readonly Column[] {
  return scope === "all" ? [NAME, OWNER, ...REST] : [NAME, ...REST];
}
