import type { BulkActions } from "@/components/bulk/actions";
import { cancelBulkAction, previewBulkAction, startBulkAction } from "./actions";

/** The actions on many tokens that pages hand to their components. */
export const bulkActions: BulkActions = {
  preview: previewBulkAction,
  start: startBulkAction,
  cancel: cancelBulkAction,
};
