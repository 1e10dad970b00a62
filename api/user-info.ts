import type { UserActor } from "@/domain/actor";

/** A user as Kubernetes tells of one (authentication.k8s.io/v1 UserInfo). */
export function toUserInfo({ username, userId, role, tokenName }: UserActor) {
  return {
    username,
    uid: userId,
    groups: [`latchkey:${role}`],
    extra: { "ext.cattle.io/token-name": [tokenName] },
  };
}
