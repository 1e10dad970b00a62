import type { Executor } from "@/db/client";
import { lockUserAndAdmins } from "@/db/users";
import { currentSettings } from "../settings/settings";

/**
 * The user, held until the transaction ends, and how many other enabled administrators could still
 * sign in. Where passwords are switched off, only those with an identity can.
 */
export function lockWithAdmins(tx: Executor, id: string): ReturnType<typeof lockUserAndAdmins> {
  const withIdentity = async () => !(await currentSettings(tx)).localSignIn;
  return lockUserAndAdmins(tx, id, { withIdentity });
}
