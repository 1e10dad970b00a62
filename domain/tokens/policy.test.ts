import { describe, expect, test } from "vitest";
import { type Actor, operatorActor, type Role } from "../actor";
import { canCreate, canDelete, canExtend, canRead, canUpdate, visibleOwner } from "./policy";

function actorOf(role: Role): Actor {
  const origin = { requestId: null, address: null, userAgent: null };
  const identity = { userId: "user-mine", username: "me", role };
  return { kind: "user", ...identity, tokenName: "token-x", tokenExpiresAt: null, origin };
}

const MINE = { ownerId: "user-mine" };
const THEIRS = { ownerId: "user-theirs" };

describe("who may do what", () => {
  test.each([
    // role, token,  create, read, update, delete, extend
    ["user", "mine", true, true, true, true, false],
    ["user", "theirs", true, false, false, false, false],
    ["verifier", "mine", true, true, true, true, false],
    ["verifier", "theirs", true, false, false, false, false],
    ["admin", "mine", true, true, true, true, true],
    ["admin", "theirs", true, true, true, true, true],
  ] as const)("%s with a token that is %s", (role, whose, create, read, update, remove, extend) => {
    const actor = actorOf(role);
    const token = whose === "mine" ? MINE : THEIRS;
    expect(canCreate(actor)).toBe(create);
    expect(canRead(actor, token)).toBe(read);
    expect(canUpdate(actor, token)).toBe(update);
    expect(canDelete(actor, token)).toBe(remove);
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
