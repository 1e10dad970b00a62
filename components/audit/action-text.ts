import { AUDIT_ACTIONS } from "@/domain/audit/actions";

/** What an event says somebody did, in words. */
export function actionText(action: string): string {
  return Object.hasOwn(AUDIT_ACTIONS, action)
    ? AUDIT_ACTIONS[action as keyof typeof AUDIT_ACTIONS]
    : action;
}
