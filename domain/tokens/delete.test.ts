import { describe, expect, test } from "vitest";
import { auditEventsOf, withoutAudit } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "./authenticate";
import { deleteToken } from "./delete";
import { getToken } from "./get";

const MISSING = "token-bcdfghjklm";

describe("a deleted token", () => {
  test("is gone at once, and what it was is returned", async () => {
    const owner = await anOwner();
    const { name, token, bearer } = await aToken(owner);
    expect(await deleteToken(owner, name)).toEqual(token);
    expect((await refusalOf(getToken(owner, name))).code).toBe("notFound");
    expect(await authenticate(bearer, owner.origin)).toBeNull();
    expect((await refusalOf(deleteToken(owner, name))).code).toBe("notFound");
  });

  test("keeps its events and has exactly one more", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner, { description: "deploys" });
    await deleteToken(owner, name);
    const [event, ...earlier] = await auditEventsOf({ objectName: name });
    expect(event).toMatchObject({
      action: "token.delete",
      outcome: "success",
      ownerId: owner.userId,
      before: { description: "deploys", enabled: true },
      after: null,
    });
    expect(earlier).toHaveLength(1);
  });

  test("by a sign-out is told apart in the trail", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner, { kind: "session" });
    await deleteToken(owner, name, { action: "session.sign-out" });
    expect((await auditEventsOf({ objectName: name }))[0]?.action).toBe("session.sign-out");
  });

  test("may be the one that authenticated the request", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    expect((await deleteToken({ ...owner, tokenName: name }, name)).current).toBe(true);
  });

  test("by two at once is deleted by exactly one", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => deleteToken(owner, name)));
    const codes = outcomes.map((outcome) =>
      outcome.status === "rejected" ? outcome.reason.code : "deleted",
    );
    expect(codes.sort()).toEqual(["deleted", "notFound", "notFound", "notFound"]);
    expect(await auditEventsOf({ objectName: name })).toHaveLength(2);
  });
});

describe("a token stays", () => {
  test("for a stranger, to whom it is as missing as one that is not there", async () => {
    const [owner, stranger] = [await anOwner(), await anOwner()];
    const { name, token } = await aToken(owner);
    for (const options of [{}, { dryRun: true }, { preconditions: { uid: "x" } }]) {
      const theirs = await refusalOf(deleteToken(stranger, name, options));
      const missing = await refusalOf(deleteToken(stranger, MISSING, options));
      expect([theirs.code, missing.code]).toEqual(["notFound", "notFound"]);
      expect(theirs.message.replace(name, MISSING)).toBe(missing.message);
    }
    expect(await getToken(owner, name)).toEqual(token);
    expect((await deleteToken(await anAdmin(), name)).name).toBe(name);
  });

  test("after a dry run", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    expect(await deleteToken(owner, name, { dryRun: true })).toEqual(token);
    expect(await getToken(owner, name)).toEqual(token);
    expect(await auditEventsOf({ objectName: name })).toHaveLength(1);
  });

  test("when it is not the one that was meant", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    for (const preconditions of [{ uid: "other" }, { resourceVersion: "1" }]) {
      const refusal = await refusalOf(deleteToken(owner, name, { preconditions }));
      expect(refusal.code).toBe("conflict");
    }
    const { uid, resourceVersion } = token;
    await deleteToken(owner, name, { preconditions: { uid, resourceVersion } });
  });

  test("when its event cannot be stored", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    await expect(withoutAudit(() => deleteToken(owner, name))).rejects.toMatchObject({
      code: "queryFailed",
    });
    expect(await getToken(owner, name)).toEqual(token);
  });
});
