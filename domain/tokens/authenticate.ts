import type { Origin, UserActor } from "../actor";
import { checkBearer } from "./check";

/**
 * Who presented `ext/<name>:<value>`, or null. Every refusal is the same null. Throws Unavailable
 * rather than guess when the database is away.
 */
export async function authenticate(bearer: string, origin: Origin): Promise<UserActor | null> {
  const check = await checkBearer(bearer, origin);
  return check.ok ? check.actor : null;
}
