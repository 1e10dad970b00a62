import type { Origin, UserActor } from "../actor";
import { checkBearer } from "./check";

/** Who presented `ext/<name>:<value>`, or null: every refusal is the same null. */
export async function authenticate(bearer: string, origin: Origin): Promise<UserActor | null> {
  const check = await checkBearer(bearer, origin);
  return check.ok ? check.actor : null;
}
