import type { UserActor } from "@/domain/actor";
import { check } from "../check";
import { checkOptions, credentialOf, unauthorized } from "./credential";
import type { Exchange } from "./exchange";
import { onceKnown } from "./once-known";

/** Who asks, by the token in the Authorization header; refuses one that does not work (401). */
export function requireCaller(exchange: Exchange): UserActor | Promise<UserActor> {
  const bearer = credentialOf(exchange);
  const known = bearer === null ? null : check(bearer, checkOptions("caller", exchange));
  return onceKnown(known, (caller) => {
    if (!caller) throw unauthorized(exchange);
    return caller.actor;
  });
}
