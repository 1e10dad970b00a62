import { SORT_COLUMNS, type SortColumn } from "@/domain/tokens/filter";

/** How a list of tokens is laid out for its reader; nothing of what it shows depends on it. */
export interface ListLook {
  /** Columns that are not shown. The name always is. */
  hidden: readonly SortColumn[];
  isDense: boolean;
}

export type ListScope = "own" | "all";

export const LOOK_COOKIES = { own: "latchkey-own-list", all: "latchkey-all-list" } as const;

const DEFAULTS: Record<ListScope, ListLook> = {
  own: { hidden: ["risk"], isDense: false },
  all: { hidden: ["created"], isDense: false },
};

/** What a cookie says, or how the list looks to who has chosen nothing. */
export function parseLook(scope: ListScope, cookie: string | undefined): ListLook {
  const [density, columns, ...more] = cookie?.split(".") ?? [];
  if (more.length > 0 || columns === undefined) return DEFAULTS[scope];
  const names = columns.split("_");
  const hidden = SORT_COLUMNS.filter((column) => column !== "name" && names.includes(column));
  return { hidden, isDense: density === "dense" };
}

/** The text of the cookie; of letters that no cookie needs to escape. */
export function lookText({ hidden, isDense }: ListLook): string {
  return `${isDense ? "dense" : "wide"}.${hidden.join("_")}`;
}
