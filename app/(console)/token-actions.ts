import type { TokenActions } from "@/components/tokens/actions";
import { bulkActions } from "./bulk/bulk-actions";
import {
  createTokenAction,
  deleteTokenAction,
  findTokenAction,
  setTokenEnabledAction,
  updateTokenAction,
} from "./tokens/actions";

/** The actions that the token pages hand to their components. */
export const tokenActions: TokenActions = {
  create: createTokenAction,
  update: updateTokenAction,
  setEnabled: setTokenEnabledAction,
  remove: deleteTokenAction,
  bulk: bulkActions,
  find: findTokenAction,
};
