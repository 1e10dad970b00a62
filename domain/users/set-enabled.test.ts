import { describe, expect, test } from "vitest";
import { auditEventsOf, rowsOf, withoutAudit } from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { getToken } from "../tokens/get";
import { setUserEnabled } from "./set-enabled";

const OPERATOR = operatorActor();

describe("disabling a user", () => {
  test("suspends every token and enabling brings back exactly those that were enabled", async () => {
    const owner = await anOwner();
    const { username } = owner;
    const [enabled, disabled] = [await aToken(owner), await aToken(owner, { enabled: false })];
    const session = await aToken(owner, { kind: "session" });
    const works = () =>
      Promise.all(
        [enabled, disabled, session].map(
          async ({ bearer }) => (await authenticate(bearer, owner.origin)) !== null,
        ),
      );
    expect(await works()).toEqual([true, false, true]);
    const admin = await anAdmin();
    const before = await getToken(admin, enabled.name);

    expect((await setUserEnabled(OPERATOR, { username, enabled: false })).enabled).toBe(false);
    expect(await works()).toEqual([false, false, false]);
    expect(await getToken(admin, enabled.name)).toEqual({ ...before, ownerEnabled: false });
    expect((await getToken(admin, disabled.name)).enabled).toBe(false);
    expect((await refusalOf(getToken(admin, session.name))).code).toBe("notFound");

    expect((await setUserEnabled(OPERATOR, { username, enabled: true })).enabled).toBe(true);
    expect(await works()).toEqual([true, false, false]);
  });

  test("has one event that names the ended sign-ins, and none when nothing changes", async () => {
    const owner = await anOwner();
    const session = await aToken(owner, { kind: "session" });
    for (let round = 0; round < 2; round += 1) {
      await setUserEnabled(OPERATOR, { username: owner.username.toUpperCase(), enabled: false });
    }
    expect(await auditEventsOf({ objectName: owner.userId })).toMatchObject([
      {
        action: "user.disable",
        actorName: "system:operator",
        actorId: null,
        before: { enabled: true },
        after: { enabled: false, endedSessions: [session.name] },
      },
    ]);
  });

  test("leaves other users' tokens alone", async () => {
    const [owner, other] = [await anOwner(), await anOwner()];
    const { bearer } = await aToken(other, { kind: "session" });
    await setUserEnabled(OPERATOR, { username: owner.username, enabled: false });
    expect(await authenticate(bearer, other.origin)).not.toBeNull();
  });

  test("without its event changes nothing", async () => {
    const owner = await anOwner();
    const { bearer } = await aToken(owner, { kind: "session" });
    const disable = () => setUserEnabled(OPERATOR, { username: owner.username, enabled: false });
    await expect(withoutAudit(disable)).rejects.toMatchObject({ code: "queryFailed" });
    expect(await authenticate(bearer, owner.origin)).not.toBeNull();
  });

  test("is refused to others, and to anybody for a user that is not there", async () => {
    const owner = await anOwner();
    const input = { username: owner.username, enabled: false };
    expect((await refusalOf(setUserEnabled(owner, input))).code).toBe("forbidden");
    expect(await auditEventsOf({ actorId: owner.userId })).toMatchObject([
      { action: "user.disable", outcome: "denied" },
    ]);
    const [row] = (await rowsOf("users")).filter((user) => user.id === owner.userId);
    expect(row?.enabled).toBe(true);
    const missing = setUserEnabled(await anAdmin(), { username: "nobody", enabled: true });
    expect((await refusalOf(missing)).code).toBe("notFound");
  });
});
