import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../actor";
import { anAdmin, anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { listUsers } from "./list";
import { updateUser } from "./update";

const NAMES = ["list-Anna", "list-bert", "list-Über", "list-carl_100%", "list-dora", "list-emil"];

let admin: UserActor;
beforeAll(async () => {
  admin = await anAdmin();
  for (const [at, username] of NAMES.entries()) {
    const user = await anOwner({ username, role: at % 2 === 0 ? "user" : "verifier" });
    if (at === 1) await updateUser(admin, user.userId, { enabled: false });
    if (at === 4) await updateUser(admin, user.userId, { displayName: "Theodora Lovelace" });
  }
});

const namesOf = async (input: Record<string, unknown>, size = 100) =>
  (await listUsers(admin, { search: "list-", ...input }, { size })).users.map(
    ({ username }) => username,
  );

describe("a list of users", () => {
  test("is by name whatever the case, and holds no hash", async () => {
    expect(await namesOf({})).toEqual([
      "list-Anna",
      "list-bert",
      "list-carl_100%",
      "list-dora",
      "list-emil",
      "list-Über",
    ]);
    const { users } = await listUsers(admin, {}, { size: 100 });
    expect(JSON.stringify(users)).not.toContain("passwordHash");
  });

  test("finds by part of the username or the display name; % and _ are only themselves", async () => {
    const found = async (search: string) => namesOf({ search });
    expect(await found("LIST-ÜB")).toEqual(["list-Über"]);
    expect(await found("lovelace")).toEqual(["list-dora"]);
    expect(await found("_100%")).toEqual(["list-carl_100%"]);
    expect(await found("%%%")).toEqual([]);
    expect(await found("li")).toHaveLength(NAMES.length);
  });

  test("is limited by role and by state together", async () => {
    expect(await namesOf({ role: "verifier" })).toEqual([
      "list-bert",
      "list-carl_100%",
      "list-emil",
    ]);
    expect(await namesOf({ enabled: false })).toEqual(["list-bert"]);
    expect(await namesOf({ role: "user", enabled: false })).toEqual([]);
  });

  test("is walked forwards and back page by page, each user once", async () => {
    const pages: string[][] = [];
    let page = await listUsers(admin, { search: "list-" }, { size: 4 });
    expect(page.previous).toBeNull();
    for (;;) {
      pages.push(page.users.map(({ username }) => username));
      if (page.next === null) break;
      page = await listUsers(admin, { search: "list-", after: page.next }, { size: 4 });
    }
    expect(pages.map(({ length }) => length)).toEqual([4, 2]);
    expect(pages.flat()).toEqual(await namesOf({}));
    const back = await listUsers(admin, { search: "list-", before: page.previous }, { size: 4 });
    expect(back.users.map(({ username }) => username)).toEqual(pages[0]);
    expect([back.previous, back.next]).toEqual([null, "list-dora"]);
    const nearer = await listUsers(admin, { search: "list-", before: page.previous }, { size: 2 });
    expect(nearer.users.map(({ username }) => username)).toEqual(pages[0]?.slice(-2));
    expect(nearer.previous).not.toBeNull();
  });

  test("is given to admins alone, and refuses what is no condition", async () => {
    for (const role of ["user", "verifier"] as const) {
      const refusal = await refusalOf(listUsers(await anOwner({ role }), {}, { size: 10 }));
      expect(refusal.code).toBe("forbidden");
    }
    const odd = listUsers(admin, { role: "root", search: "a\u0000" }, { size: 10 });
    expect((await refusalOf(odd)).fields.map(({ path }) => path).sort()).toEqual([
      "role",
      "search",
    ]);
  });
});
