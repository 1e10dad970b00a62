import { describe, expect, test } from "vitest";
import { type Actor, operatorActor, type Role } from "../actor";
import { canCreate, canExtend, visibleOwner } from "./policy";

function actorOf(role: Role): Actor {
  const origin = { requestId: null, address: null, userAgent: null };
  const identity = { userId: "user-mine", username: "me", role };
  return { kind: "user", ...identity, tokenName: "token-x", tokenExpiresAt: null, origin };
}

describe("who may do what", () => {
  test.each([
    // role, create, extend
    ["user", true, false],
    ["verifier", true, false],
    ["admin", true, true],
  ] as const)("a %s", (role, create, extend) => {
    const actor = actorOf(role);
    expect(canCreate(actor)).toBe(create);
    expect(canExtend(actor)).toBe(extend);
  });

  test("the operator has no user, so it can own and extend nothing", () => {
    expect(canCreate(operatorActor())).toBe(false);
    expect(canExtend(operatorActor())).toBe(false);
  });
});

describe("the owner to whom queries are limited", () => {
  test.each([
    ["user", "user-mine"],
    ["verifier", "user-mine"],
    ["admin", undefined],
  ] as const)("of a %s is %s", (role, owner) => {
    expect(visibleOwner(actorOf(role))).toBe(owner);
  });
});
