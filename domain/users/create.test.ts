import { describe, expect, test } from "vitest";
import {
  auditEventsOf,
  clearSettings,
  everythingStored,
  rowsOf,
  setSetting,
  withoutAudit,
} from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { anAdmin, anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { createUser } from "./create";
import { isPassword } from "./password";

const OPERATOR = operatorActor();
const PASSWORD = "correct horse battery";

async function userRow(username: string) {
  return (await rowsOf("users")).find((row) => row.username === username);
}

describe("a new user", () => {
  test("gets a generated password, told once, stored as a hash only", async () => {
    const { user, password } = await createUser(OPERATOR, { username: "Ann.Smith" });
    expect(user).toMatchObject({ username: "Ann.Smith", role: "user", enabled: true });
    expect(user.id).toMatch(/^user-[bcdfghjklmnpqrstvwxz2456789]{10}$/);
    expect(Object.keys(user).sort()).toEqual([
      "createdAt",
      "displayName",
      "enabled",
      "hasPassword",
      "id",
      "resourceVersion",
      "role",
      "roleFromGroup",
      "uid",
      "username",
    ]);
    const row = await userRow("Ann.Smith");
    expect(await isPassword(password ?? "", row?.password_hash)).toBe(true);
    expect(await everythingStored()).not.toContain(password);
  });

  test("has exactly one event, without password or hash", async () => {
    const admin = await anAdmin();
    const { user, password } = await createUser(admin, { username: "evented", role: "verifier" });
    const events = await auditEventsOf({ objectName: user.id });
    expect(events).toMatchObject([
      {
        action: "user.create",
        actorId: admin.userId,
        objectKind: "user",
        ownerId: user.id,
        after: { username: "evented", role: "verifier" },
        outcome: "success",
      },
    ]);
    expect(JSON.stringify(events)).not.toContain(password);
    expect(JSON.stringify(events)).not.toContain("argon2");
  });

  test("is not made without its event", async () => {
    const create = () => createUser(OPERATOR, { username: "unheard" });
    await expect(withoutAudit(create)).rejects.toMatchObject({ code: "queryFailed" });
    expect(await userRow("unheard")).toBeUndefined();
  });

  test("is made by admins and the operator alone, and the refusal is recorded", async () => {
    for (const role of ["user", "verifier"] as const) {
      const actor = await anOwner({ role });
      const refusal = await refusalOf(createUser(actor, { username: "nobody", role: "admin" }));
      expect(refusal.code).toBe("forbidden");
      expect(await auditEventsOf({ actorId: actor.userId })).toMatchObject([
        { action: "user.create", outcome: "denied" },
      ]);
    }
    expect(await userRow("nobody")).toBeUndefined();
  });
});

describe("a user name", () => {
  test("is taken in any case", async () => {
    await createUser(OPERATOR, { username: "Émile", password: PASSWORD });
    for (const username of ["Émile", "émile", "ÉMILE"]) {
      const refusal = await refusalOf(createUser(OPERATOR, { username, password: PASSWORD }));
      expect(refusal).toMatchObject({ code: "alreadyExists", fields: [{ path: "username" }] });
    }
  });

  test("is given to one of two who ask at once", async () => {
    const outcomes = await Promise.allSettled(
      ["race", "RACE", "Race"].map((username) =>
        createUser(OPERATOR, { username, password: PASSWORD }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test.each(["", " ", "a b", "-a", "a/b", "a\u0000", "a\u200b", "x".repeat(129), "a:b", 7, null])(
    "may not be %j",
    async (username) => {
      const refusal = await refusalOf(createUser(OPERATOR, { username, password: PASSWORD }));
      expect(refusal.code).toBe("invalid");
      expect(refusal.fields[0]?.path).toBe("username");
    },
  );
});

describe("a given password", () => {
  test("is judged by the length in force, which is never below 8", async () => {
    const judge = (password: string) =>
      refusalOf(createUser(OPERATOR, { username: "short", password }));
    expect((await judge("fourteen chars")).fields[0]?.message).toBe(
      "must have at least 15 characters",
    );
    try {
      await setSetting("password-min-length", "1");
      expect((await judge("seven c")).fields[0]?.message).toBe("must have at least 8 characters");
    } finally {
      await clearSettings();
    }
    expect(await userRow("short")).toBeUndefined();
  });

  test.each([`${PASSWORD}\u0000`, `${PASSWORD}\ud800`, 123_456_789_012_345, [PASSWORD]])(
    "that is refused is not repeated: %#",
    async (password) => {
      const refusal = await refusalOf(createUser(OPERATOR, { username: "leak", password }));
      expect(refusal).toMatchObject({ code: "invalid", fields: [{ path: "password" }] });
      expect(JSON.stringify([refusal.message, refusal.fields])).not.toMatch(/horse|12345678901/);
    },
  );
});
