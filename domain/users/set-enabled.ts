import { query } from "@/db/client";
import { findUserByUsername } from "@/db/users";
import type { Actor } from "../actor";
import { invalid } from "../errors";
import { parseInput } from "../parse";
import { requireUserManager, userNotFound } from "./policy";
import { setUserEnabledInput } from "./schema";
import { updateUser } from "./update";
import type { User } from "./user";

/** Enables or disables the user of a name, as updateUser does. */
export async function setUserEnabled(actor: Actor, input: unknown): Promise<User> {
  const parsed = parseInput(setUserEnabledInput, input);
  const action = !parsed.problems && parsed.value.enabled ? "user.enable" : "user.disable";
  await requireUserManager(actor, action);
  if (parsed.problems) throw invalid(parsed.problems);
  const { username, enabled } = parsed.value;
  const user = await query((db) => findUserByUsername(db, username));
  if (!user) throw userNotFound(username);
  return updateUser(actor, user.id, { enabled });
}
