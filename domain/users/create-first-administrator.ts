import { query } from "@/db/client";
import { countUsers } from "@/db/users";
import { operatorActor } from "../actor";
import { toDomainError } from "../errors";
import { createUser } from "./create";

/**
 * Makes the first administrator when there is no user yet, and returns its sign-in data once;
 * null when there are users already. Refuses a bad name or password (invalid).
 */
export async function createFirstAdministrator(wanted: {
  username: string;
  password?: string | undefined;
}): Promise<{ username: string; password: string } | null> {
  if ((await query((db) => countUsers(db))) > 0) return null;
  try {
    const { user, password } = await createUser(operatorActor(), { ...wanted, role: "admin" });
    return { username: user.username, password: password ?? "" };
  } catch (error) {
    // Another process that started at the same moment was first.
    if (toDomainError(error)?.code === "alreadyExists") return null;
    throw error;
  }
}
