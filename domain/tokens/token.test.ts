import { describe, expect, test } from "vitest";
import { type StoredToken, toToken } from "./token";

const AT = new Date("2026-03-01T12:00:00.500Z");

function row(changes: Partial<StoredToken> = {}): StoredToken {
  return {
    name: "token-x",
    uid: "u",
    ownerId: "user-x",
    ownerName: "x",
    ownerEnabled: true,
    ownerPrincipal: {},
    kind: "",
    description: "",
    ttlMs: 1,
    enabled: true,
    labels: {},
    annotations: {},
    createdAt: AT,
    expiresAt: null,
    updatedAt: AT,
    lastUsedAt: null,
    lastUsedAddress: null,
    lastUsedUserAgent: null,
    resourceVersion: 17,
    readAt: AT,
    ...changes,
  };
}

describe("what leaves the server of a token", () => {
  test("never has a hash, nor anything else that is not listed", () => {
    const stored = { ...row(), hash: "v1:sha256:x", idempotencyKey: "k", id: 1, secret: "s" };
    const token = toToken(stored, undefined);
    expect(JSON.stringify(token)).not.toContain("sha256");
    expect(Object.keys(token).sort()).toEqual(
      [...Object.keys(row()).filter((key) => key !== "readAt"), "current", "expired"].sort(),
    );
  });

  test("has its version as text, as the clients of the API expect", () => {
    expect(toToken(row(), undefined).resourceVersion).toBe("17");
  });

  test("is current only for the token that authenticated", () => {
    expect(toToken(row(), "token-x").current).toBe(true);
    expect(toToken(row(), "token-y").current).toBe(false);
    expect(toToken(row(), undefined).current).toBe(false);
  });

  test.each([
    ["never ends", null, false],
    ["ends later", new Date(AT.getTime() + 1), false],
    ["ends at this very millisecond", AT, false],
    ["ended before", new Date(AT.getTime() - 1), true],
  ])("is expired by the clock it was read by: one that %s", (_, expiresAt, expired) => {
    expect(toToken(row({ expiresAt }), undefined).expired).toBe(expired);
  });
});
