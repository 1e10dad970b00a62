import type { UserActions } from "@/components/users/actions";
import { endSessionAction } from "../../sessions/actions";
import {
  createPasswordLinkAction,
  createUserAction,
  deleteUserAction,
  endSessionsAction,
  liftLockAction,
  setUserEnabledAction,
  updateUserAction,
  userImpactAction,
} from "./actions";

/** The actions that the users' pages hand to their components. */
export const userActions: UserActions = {
  create: createUserAction,
  update: updateUserAction,
  setEnabled: setUserEnabledAction,
  remove: deleteUserAction,
  createLink: createPasswordLinkAction,
  endSessions: endSessionsAction,
  endSession: endSessionAction,
  liftLock: liftLockAction,
  impact: userImpactAction,
};
