import { describe, expect, test } from "vitest";
import { auditEventsOf, rowsOf, withoutAudit } from "@/db/testing/rows";
import type { UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { moveBack } from "../testing/situations";
import { authenticate } from "../tokens/authenticate";
import { getUser } from "./get";
import { updateUser } from "./update";

const MINUTE_MS = 60_000;

const works = async (bearer: string, { origin }: UserActor) =>
  (await authenticate(bearer, origin)) !== null;

// An administrator as a browser has them: by a sign-in of that age.
async function anAdminAtABrowser(ageMs: number): Promise<UserActor> {
  const admin = await anAdmin();
  const { name } = await aToken(admin, { kind: "session" });
  await moveBack(name, ageMs);
  return { ...admin, tokenName: name, origin: { ...admin.origin, isBrowser: true } };
}

describe("changing a user", () => {
  test("changes what is given, keeps the rest, and leaves one event with what differs", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const updated = await updateUser(admin, owner.userId, { displayName: "Ann Smith" });
    expect(updated).toMatchObject({ displayName: "Ann Smith", role: "user", enabled: true });
    expect(await getUser(admin, owner.userId)).toEqual(updated);
    expect(await auditEventsOf({ objectName: owner.userId })).toMatchObject([
      {
        action: "user.update",
        actorId: admin.userId,
        before: { displayName: "" },
        after: { displayName: "Ann Smith" },
      },
    ]);
    await updateUser(admin, owner.userId, { displayName: "Ann Smith", role: null });
    expect(await auditEventsOf({ objectName: owner.userId })).toHaveLength(1);
  });

  test("with another role ends the sign-ins, so that no browser keeps the old one, and no token", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const [token, session] = [await aToken(owner), await aToken(owner, { kind: "session" })];
    await updateUser(admin, owner.userId, { role: "verifier" });
    expect([await works(token.bearer, owner), await works(session.bearer, owner)]).toEqual([
      true,
      false,
    ]);
    expect((await authenticate(token.bearer, owner.origin))?.role).toBe("verifier");
    const [event] = await auditEventsOf({ objectName: owner.userId });
    expect(event?.after).toEqual({ role: "verifier", endedSessions: [session.name] });
  });

  test("with a stale version changes nothing; of two with the same version one wins", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const { resourceVersion } = await getUser(admin, owner.userId);
    const outcomes = await Promise.allSettled(
      ["one", "two"].map((displayName) =>
        updateUser(admin, owner.userId, { displayName, resourceVersion }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const late = updateUser(admin, owner.userId, { role: "admin", resourceVersion });
    expect((await refusalOf(late)).code).toBe("conflict");
    expect((await getUser(admin, owner.userId)).role).toBe("user");
  });

  test("refuses every bad field, another username, and a user who is not there", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const bad = updateUser(admin, owner.userId, { role: "root", enabled: "no" });
    expect((await refusalOf(bad)).fields.map(({ path }) => path)).toEqual(["role", "enabled"]);
    const renamed = updateUser(admin, owner.userId, { username: "else" });
    expect((await refusalOf(renamed)).fields).toMatchObject([{ path: "username" }]);
    for (const id of ["user-nobody", "", "a\u0000"]) {
      expect((await refusalOf(updateUser(admin, id, { role: "user" }))).code).toBe("notFound");
    }
  });

  test("without its event changes nothing, as does a dry run", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const before = await rowsOf("users");
    const update = () => updateUser(admin, owner.userId, { role: "admin" });
    await expect(withoutAudit(update)).rejects.toMatchObject({ code: "queryFailed" });
    const would = await updateUser(admin, owner.userId, { role: "admin" }, { dryRun: true });
    expect(would.role).toBe("admin");
    expect(await rowsOf("users")).toEqual(before);
  });

  test("is refused to others and to oneself, and the refusal is recorded", async () => {
    for (const role of ["user", "verifier"] as const) {
      const actor = await anOwner({ role });
      const refusal = await refusalOf(updateUser(actor, actor.userId, { role: "admin" }));
      expect(refusal.code).toBe("forbidden");
      expect(await auditEventsOf({ actorId: actor.userId })).toMatchObject([
        { action: "user.update", outcome: "denied" },
      ]);
    }
  });
});

describe("at a browser", () => {
  test("a sign-in of the last 15 minutes is proof enough", async () => {
    const [admin, owner] = [await anAdminAtABrowser(14 * MINUTE_MS), await anOwner()];
    expect((await updateUser(admin, owner.userId, { role: "verifier" })).role).toBe("verifier");
  });

  test("an older one is asked for a proof first, and nothing is changed", async () => {
    const [admin, owner] = [await anAdminAtABrowser(16 * MINUTE_MS), await anOwner()];
    const refusal = await refusalOf(updateUser(admin, owner.userId, { role: "admin" }));
    expect(refusal.code).toBe("proofRequired");
    expect((await getUser(admin, owner.userId)).role).toBe("user");
  });
});
