export type ViewList = "own" | "all";

/** A filter of a list of tokens with a name, as its reader may see and use it. */
export interface SavedView {
  id: number;
  name: string;
  /** The query of its address: `""`, or beginning with `?`. */
  query: string;
  isShared: boolean;
  isOwn: boolean;
  ownerName: string;
  /** The reader's list opens with it. */
  isDefault: boolean;
  /** How many other people's lists open with it. */
  defaultsOfOthers: number;
}

export function toSavedView(
  row: Omit<SavedView, "isOwn"> & { ownerId: string },
  userId: string,
): SavedView {
  return {
    id: row.id,
    name: row.name,
    query: row.query,
    isShared: row.isShared,
    isOwn: row.ownerId === userId,
    ownerName: row.ownerName,
    isDefault: row.isDefault,
    defaultsOfOthers: row.defaultsOfOthers,
  };
}
