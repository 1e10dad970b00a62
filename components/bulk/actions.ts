import type { FormState } from "../form-state";

export type BulkAction = "disable" | "enable" | "delete" | "extend" | "shorten";

/** What is to be done with which tokens: those named, or all that a filter's query matches. */
export interface BulkRequest {
  scope: "own" | "all";
  action: BulkAction;
  names?: string[];
  query?: string;
  /** Of an extension or a shortening: an instant, or `never`. */
  expiresAt?: string;
}

/** `isMore`: so many and more; null: it takes too long to count. */
export type BulkCount = { count: number; isMore: boolean } | null;

export interface BulkPreviewView {
  total: { count: number; isMore: boolean };
  /** As they are to be already. */
  same: BulkCount;
  usedLately: BulkCount;
  admins: BulkCount;
  disabledOwners: BulkCount;
  expired: BulkCount;
  aboveMaximum: BulkCount;
  current: BulkCount;
  /** Names that are of no token. */
  missing: number;
  endangered:
    | {
        name: string;
        description: string;
        ownerName: string;
        ownerRole: string;
        lastUsedAt: Date | null;
      }[]
    | null;
  asOfSeq: number;
}

export type BulkStart = BulkRequest & { asOfSeq: number; reason: string };

/** The server actions of bulk actions, given to components as props. */
export interface BulkActions {
  preview: (request: BulkRequest) => Promise<FormState<BulkPreviewView>>;
  start: (request: BulkStart) => Promise<FormState<{ id: string }>>;
  cancel: (id: string) => Promise<FormState>;
}
