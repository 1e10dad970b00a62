import { describe, expect, test } from "vitest";
import { auditEventsOf, rowsOf, withoutAudit } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { deleteUser } from "./delete";
import { getUser } from "./get";

// More than one transaction takes.
const MANY = 430;

describe("deleting a user", () => {
  test("deletes all tokens and sign-ins, each with its event; the trail stays", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const [token, session] = [await aToken(owner), await aToken(owner, { kind: "session" })];
    const gone = await deleteUser(admin, owner.userId);
    expect(gone.username).toBe(owner.username);
    for (const { bearer, name } of [token, session]) {
      expect(await authenticate(bearer, owner.origin)).toBeNull();
      expect(await auditEventsOf({ objectName: name })).toMatchObject([
        { action: "token.delete", actorId: admin.userId, reason: "its owner was deleted" },
        { action: "token.create" },
      ]);
    }
    expect((await refusalOf(getUser(admin, owner.userId))).code).toBe("notFound");
    expect(await auditEventsOf({ objectName: owner.userId })).toMatchObject([
      { action: "user.delete", before: { username: owner.username, role: "user" } },
    ]);
    expect((await refusalOf(deleteUser(admin, owner.userId))).code).toBe("notFound");
  });

  test("leaves other users and their tokens alone", async () => {
    const [admin, owner, other] = [await anAdmin(), await anOwner(), await anOwner()];
    const { bearer } = await aToken(other);
    await deleteUser(admin, owner.userId);
    expect(await authenticate(bearer, other.origin)).not.toBeNull();
  });

  test("with more tokens than one transaction takes stops all of them first, and ends", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    for (let at = 0; at < MANY; at += 10) {
      await Promise.all(Array.from({ length: 10 }, () => aToken(owner)));
    }
    await deleteUser(admin, owner.userId);
    const left = (await rowsOf("tokens")).filter((row) => row.owner_id === owner.userId);
    expect(left).toEqual([]);
    expect(await auditEventsOf({ objectName: owner.userId })).toMatchObject([
      { action: "user.delete" },
      { action: "user.disable", reason: "the user is being deleted" },
    ]);
  }, 120_000);

  test("by other preconditions, by a dry run or without its event deletes nothing", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const { name } = await aToken(owner);
    const stale = deleteUser(admin, owner.userId, { preconditions: { resourceVersion: "999999" } });
    expect((await refusalOf(stale)).code).toBe("conflict");
    await deleteUser(admin, owner.userId, { dryRun: true });
    const remove = () => deleteUser(admin, owner.userId);
    await expect(withoutAudit(remove)).rejects.toMatchObject({ code: "queryFailed" });
    expect(await getUser(admin, owner.userId)).toMatchObject({ enabled: true });
    expect((await rowsOf("tokens")).map((row) => row.name)).toContain(name);
  });

  test("is refused to others, themselves included", async () => {
    const owner = await anOwner({ role: "verifier" });
    expect((await refusalOf(deleteUser(owner, owner.userId))).code).toBe("forbidden");
    expect(await auditEventsOf({ actorId: owner.userId })).toMatchObject([
      { action: "user.delete", outcome: "denied" },
    ]);
  });
});
