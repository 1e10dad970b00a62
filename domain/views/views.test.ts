import { beforeEach, describe, expect, test } from "vitest";
import { query } from "@/db/client";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { updateUser } from "@/db/users";
import type { UserActor } from "../actor";
import { listAuditEvents } from "../audit/list";
import { anAdmin, anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { readTokenFilter } from "../tokens/filter";
import { defaultView } from "./default";
import { deleteView } from "./delete";
import { listViews } from "./list";
import { saveView, VIEWS_MAX } from "./save";
import { setDefaultView } from "./set-default";
import { updateView } from "./update";

const OWN = {
  list: "own",
  name: "Stale",
  query: "?used=not-90d",
  isShared: false,
  isDefault: false,
};
const ALL = { ...OWN, list: "all", name: "Risky", query: "?sort=-risk" };
const SHARED = { ...ALL, isShared: true };

let admin: UserActor;
let other: UserActor;
let person: UserActor;

beforeEach(async () => {
  [admin, other, person] = [await anAdmin(), await anAdmin(), await anOwner()];
});

const codeOf = async (work: Promise<unknown>) => (await refusalOf(work)).code;

describe("a view", () => {
  test("keeps the filter in its canonical form, from its first page", async () => {
    await saveView(person, { ...OWN, query: "?sort=-risk&used=NOT-90d&after=abc" });
    expect(await listViews(person, "own")).toMatchObject([
      { name: "Stale", query: "?used=not-90d&sort=-risk", isOwn: true, isShared: false },
    ]);
  });

  test("of a filter that is not understood is refused", async () => {
    for (const text of [
      "?colour=red",
      "?used=sometimes",
      "?sort=hash",
      `?q=${"a".repeat(9_000)}`,
    ]) {
      expect(await codeOf(saveView(person, { ...OWN, query: text }))).toBe("invalid");
    }
    expect(await codeOf(saveView(person, { ...OWN, name: " " }))).toBe("invalid");
  });

  test("has a name that no other of the same list and owner has in any case", async () => {
    await saveView(admin, OWN);
    expect(await codeOf(saveView(admin, { ...OWN, name: "STALE" }))).toBe("alreadyExists");
    const id = await saveView(admin, { ...OWN, name: "Other" });
    expect(await codeOf(updateView(admin, id, { name: "stale" }))).toBe("alreadyExists");
    await saveView(admin, { ...ALL, name: "Stale" });
    await saveView(person, OWN);
  });

  test("is one of fifty at most, also when many are saved at once", async () => {
    const save = (at: number) => saveView(person, { ...OWN, name: `view ${at}` });
    for (let at = 5; at < VIEWS_MAX; at += 1) await save(at);
    // No more at once than there are connections: who waits too long for one is refused as well.
    const ends = Array.from({ length: 8 }, (_, at) => save(100 + at).catch(({ code }) => code));
    expect((await Promise.all(ends)).filter((end) => end === "invalid")).toHaveLength(3);
    expect(await listViews(person, "own")).toHaveLength(VIEWS_MAX);
  });

  test("is nobody else's: not to see, change, delete or open with, by an administrator neither", async () => {
    const id = await saveView(person, OWN);
    for (const stranger of [admin, await anOwner()]) {
      expect(await listViews(stranger, "own")).toEqual([]);
      expect(await codeOf(updateView(stranger, id, { name: "Mine" }))).toBe("notFound");
      expect(await codeOf(deleteView(stranger, id))).toBe("notFound");
      expect(await codeOf(setDefaultView(stranger, "own", id))).toBe("notFound");
    }
    for (const bad of [0, -1, 1.5, "1", null, undefined, {}, 2 ** 60]) {
      expect(await codeOf(deleteView(person, bad))).toBe("notFound");
    }
    expect(await listViews(person, "own")).toHaveLength(1);
  });

  test("that an older version stored is given as it is, and read with notices", async () => {
    const id = await saveView(person, { ...OWN, isDefault: true });
    await asDatabaseOwner(
      (sql) => sql`update saved_views set query = '?used=once&q=a' where id = ${id}`,
    );
    const view = await defaultView(person, "own");
    expect(view).toEqual({ id, query: "?used=once&q=a" });
    const { filter, notices } = readTokenFilter(
      Object.fromEntries(new URLSearchParams(view?.query)),
    );
    expect(filter.search).toBe("a");
    expect(notices.map(({ parameter }) => parameter)).toEqual(["used"]);
  });
});

describe("a shared view", () => {
  test("is made by administrators alone, and of everybody's tokens alone", async () => {
    expect(await codeOf(saveView(person, { ...OWN, isShared: true }))).toBe("forbidden");
    expect(await codeOf(saveView(person, SHARED))).toBe("forbidden");
    expect(await codeOf(saveView(person, ALL))).toBe("forbidden");
    expect(await codeOf(listViews(person, "all"))).toBe("forbidden");
    expect(await codeOf(setDefaultView(person, "all", null))).toBe("forbidden");
    expect(await codeOf(saveView(admin, { ...OWN, isShared: true }))).toBe("forbidden");
    const id = await saveView(admin, OWN);
    expect(await codeOf(updateView(admin, id, { isShared: true }))).toBe("forbidden");
  });

  test("is seen, changed and deleted by every administrator; one that is not shared is not", async () => {
    const [shared, kept] = [
      await saveView(admin, SHARED),
      await saveView(admin, { ...ALL, name: "x" }),
    ];
    const seen = await listViews(other, "all");
    expect(seen.find(({ id }) => id === shared)).toMatchObject({
      isOwn: false,
      isShared: true,
      ownerName: admin.username,
    });
    expect(seen.find(({ id }) => id === kept)).toBeUndefined();
    await updateView(other, shared, { name: "Riskiest", query: "?sort=-risk&state=live" });
    expect((await listViews(admin, "all")).map(({ name }) => name)).toContain("Riskiest");
    await deleteView(other, shared);
    expect(await codeOf(updateView(admin, shared, { name: "gone" }))).toBe("notFound");
  });

  test("is out of reach of who made it and is no administrator any more", async () => {
    const id = await saveView(admin, SHARED);
    await query((db) => updateUser(db, admin.userId, { role: "user" }));
    const demoted = { ...admin, role: "user" } as const;
    expect(await codeOf(updateView(demoted, id, { name: "mine" }))).toBe("forbidden");
    expect(await codeOf(deleteView(demoted, id))).toBe("forbidden");
    expect(await codeOf(defaultView(demoted, "all"))).toBe("forbidden");
  });

  test("is an event each time, and one that is not shared is none", async () => {
    await saveView(admin, { ...ALL, name: "quiet" });
    const id = await saveView(admin, { ...SHARED, name: "loud" });
    await updateView(other, id, { name: "louder" });
    await updateView(other, id, { name: "louder" });
    await updateView(admin, id, { isShared: false });
    await updateView(admin, id, { name: "whisper" });
    await updateView(admin, id, { isShared: true });
    await deleteView(admin, id);
    const { events } = await listAuditEvents(admin, { owner: admin.userId }, { size: 20 });
    const told = events.filter(({ action }) => action.startsWith("view."));
    expect(told.map(({ action, objectName }) => [action, objectName])).toEqual([
      ["view.delete", "whisper"],
      ["view.save", "whisper"],
      ["view.save", "louder"],
      ["view.save", "louder"],
      ["view.save", "loud"],
    ]);
    expect(told[3]).toMatchObject({ before: { name: "loud" }, after: { name: "louder" } });
  });
});

describe("a default", () => {
  test("is one for each person and list, and can be taken back", async () => {
    const first = await saveView(admin, { ...ALL, isDefault: true });
    const second = await saveView(admin, { ...SHARED, name: "second" });
    expect(await defaultView(admin, "all")).toEqual({ id: first, query: "?sort=-risk" });
    expect(await defaultView(admin, "own")).toBeNull();
    await setDefaultView(admin, "all", second);
    await setDefaultView(other, "all", second);
    expect(await defaultView(admin, "all")).toMatchObject({ id: second });
    expect((await listViews(admin, "all")).find(({ id }) => id === second)).toMatchObject({
      isDefault: true,
      defaultsOfOthers: 1,
    });
    expect(await codeOf(setDefaultView(admin, "own", second))).toBe("notFound");
    await setDefaultView(admin, "all", null);
    expect(await defaultView(admin, "all")).toBeNull();
    expect(await defaultView(other, "all")).toMatchObject({ id: second });
  });

  test("ends with the view, and where it is not shared any more", async () => {
    const [gone, hidden] = [
      await saveView(admin, SHARED),
      await saveView(admin, { ...SHARED, name: "b" }),
    ];
    await setDefaultView(other, "all", gone);
    await deleteView(admin, gone);
    expect(await defaultView(other, "all")).toBeNull();
    await setDefaultView(other, "all", hidden);
    await updateView(admin, hidden, { isShared: false });
    expect(await defaultView(other, "all")).toBeNull();
  });
});
