import { expect, test } from "vitest";
import { type EventView, eventText, eventToken } from "./event-text";

function anEvent(more: Partial<EventView>): EventView {
  return {
    seq: 1,
    at: new Date(0),
    isOwn: true,
    isTheirs: true,
    actorName: "root",
    action: "token.create",
    objectKind: "token",
    objectName: "token-b",
    outcome: "success",
    reason: null,
    before: null,
    after: null,
    address: null,
    userAgent: null,
    ...more,
  };
}

const USER = { objectKind: "user", objectName: "user-b" } as const;
const OTHERS = { ...USER, isTheirs: false } as const;
const BY_ROOT = { ...USER, isOwn: false } as const;

test.each<[Partial<EventView>, string]>([
  [{}, "You created the token"],
  [{ action: "token.delete", isOwn: false }, "root deleted the token"],
  [{ action: "token.delete", before: { kind: "session" } }, "You ended the sign-in"],
  [
    {
      action: "token.update",
      before: { ttlMs: 1, enabled: true },
      after: { ttlMs: 2, enabled: true },
    },
    "You changed the token: lifetime",
  ],
  [
    { action: "user.update", ...USER, before: { displayName: "" }, after: { displayName: "Ada" } },
    "You changed your account: display name",
  ],
  [
    { action: "user.update", ...BY_ROOT, before: { role: "user" }, after: { role: "admin" } },
    "root changed your account: role",
  ],
  [{ action: "user.disable", ...OTHERS }, "You disabled the user user-b"],
  [{ action: "user.change-password", ...USER }, "You changed your password"],
  [{ action: "user.change-password", ...BY_ROOT }, "root changed your password"],
  [{ action: "user.change-password", ...OTHERS }, "You changed the user user-b’s password"],
  [{ action: "user.end-sessions", ...USER }, "You signed out everywhere else"],
  [{ action: "user.end-sessions", ...BY_ROOT }, "root ended your sign-ins"],
  [{ action: "session.sign-in" }, "You signed in"],
  [{ action: "session.sign-in", ...USER, outcome: "failure" }, "Somebody tried to sign in as you"],
  [{ action: "session.sign-out", isOwn: false }, "root signed you out"],
  [{ action: "session.sign-out", isTheirs: false }, "You signed somebody out"],
  [{ action: "something.new", isOwn: false }, "root something.new"],
])("%j reads: %s", (event, text) => {
  expect(eventText(anEvent(event))).toBe(text);
});

test("a token is named, and led to while it may still be there", () => {
  expect(eventToken(anEvent({}))).toEqual({ name: "token-b", isThere: true });
  expect(eventToken(anEvent({ action: "token.delete" }))).toMatchObject({ isThere: false });
  expect(eventToken(anEvent({ action: "session.sign-in" }))).toBeNull();
  expect(eventToken(anEvent({ action: "user.update", ...USER }))).toBeNull();
});
