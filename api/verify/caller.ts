import type { UserActor } from "@/domain/actor";
import { check } from "../check";
import { checkOptions, credentialOf, unauthorized } from "./credential";
import type { Exchange } from "./exchange";

/** Who asks, by the token in the Authorization header; refuses one that does not work (401). */
export async function requireCaller(exchange: Exchange): Promise<UserActor> {
  const bearer = credentialOf(exchange);
  const caller = bearer && (await check(bearer, checkOptions("caller", exchange)));
  if (!caller) throw unauthorized(exchange);
  return caller.actor;
}
