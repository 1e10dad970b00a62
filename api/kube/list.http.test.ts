import { beforeAll, describe, expect, test } from "vitest";
import { aCaller, type Caller, TOKENS } from "../testing/client";

interface Made {
  metadata: { name: string; resourceVersion: string };
}

let caller: Caller;
let other: Caller;
let made: Made[];

const list = (query: string, as = caller) => as.send("GET", `${TOKENS}?${query}`);
const select = (kind: "labelSelector" | "fieldSelector", text: string, as = caller) =>
  list(new URLSearchParams({ [kind]: text }).toString(), as);
const namesIn = (answer: { json: { items: Made[] } }) =>
  answer.json.items.map((item) => item.metadata.name);
const nameOf = (at: number) => made[at]?.metadata.name ?? "";

beforeAll(async () => {
  [caller, other] = [await aCaller(), await aCaller()];
  made = [];
  const labels = [{ team: "a", tier: "1" }, { team: "b", tier: "1" }, { team: "c" }, { other: "" }];
  for (const [at, own] of labels.entries()) {
    const body = {
      metadata: { labels: own },
      spec: { kind: at === 0 ? "ci" : "", enabled: at > 1 },
    };
    made.push((await caller.send("POST", TOKENS, { body })).json);
  }
  await other.send("POST", TOKENS, { body: { metadata: { labels: { team: "a" } } } });
});

describe("a label selector", () => {
  // Numbers of the tokens above; the token that calls has no labels of its own.
  test.each<[string, number[]]>([
    ["team=a", [0]],
    ["team==a", [0]],
    ["team = a , tier = 1", [0]],
    ["team=a,tier=2", []],
    ["team in (a,b)", [0, 1]],
    ["team in (a, c),tier", [0]],
    ["team", [0, 1, 2]],
    ["team,!tier", [2]],
    ["team,tier notin (1,2)", [2]],
    ["team,team!=a", [1, 2]],
    ["team!=a,team!=b,other", [3]],
    ["other=", [3]],
    ["other in ()", [3]],
    ["authn.management.cattle.io/kind=ci", [0]],
    ["authn.management.cattle.io/kind in (ci,nothing)", [0]],
    ["!cattle.io/user-id", []],
  ])("%s", async (selector, expected) => {
    const answer = await select("labelSelector", selector);
    expect(answer.status).toBe(200);
    expect(namesIn(answer)).toEqual(expected.map(nameOf).sort());
  });

  test("that excludes selects what does not have the label, too", async () => {
    for (const selector of ["team!=a", "team notin (a)", "!team"]) {
      expect(namesIn(await select("labelSelector", selector))).toContain(caller.name);
    }
    expect(namesIn(await select("labelSelector", "cattle.io/user-id")).length).toBe(5);
  });

  test("on another user's label gives an empty list, to an admin that user's tokens", async () => {
    const selector = `cattle.io/user-id=${other.actor.userId}`;
    expect(namesIn(await select("labelSelector", selector))).toEqual([]);
    const admin = await aCaller({ role: "admin" });
    expect(namesIn(await select("labelSelector", selector, admin))).toHaveLength(2);
  });

  test.each([
    "a b",
    "a=b c",
    "=a",
    "a in b",
    "a in (b",
    "a,",
    ",a",
    "a>1",
    "!a=b",
    "-a",
    "a=-",
    "a/b/c",
  ])("%s is 400 and says why", async (selector) => {
    const answer = await select("labelSelector", selector);
    expect([answer.status, answer.json.reason]).toEqual([400, "BadRequest"]);
    expect(answer.json.message).toContain("labelSelector");
  });
});

describe("a field selector", () => {
  test("selects by name, owner, kind and whether it is enabled, all together", async () => {
    const { userId } = caller.actor;
    const [first, second] = [nameOf(0), nameOf(1)];
    for (const [selector, expected] of [
      [`metadata.name=${first}`, [first]],
      [`metadata.name==${first},spec.kind=ci`, [first]],
      [`metadata.name=${first},spec.kind!=ci`, []],
      ["spec.enabled=false", [first, second].sort()],
      ["spec.enabled!=true,spec.kind=", [second]],
      ["spec.enabled=perhaps", []],
      [`spec.userID=${userId},spec.kind=ci`, [first]],
      [`spec.userID=${other.actor.userId}`, []],
      ["spec.kind=a\\,b", []],
    ] as const) {
      expect([selector, namesIn(await select("fieldSelector", selector))]).toEqual([
        selector,
        expected,
      ]);
    }
  });

  test("and a label selector are both met", async () => {
    const query = { labelSelector: "tier=1", fieldSelector: "spec.kind!=ci" };
    const answer = await list(new URLSearchParams(query).toString());
    expect(namesIn(answer)).toEqual([nameOf(1)]);
  });

  test.each([
    "spec.ttl=1",
    "status.hash=x",
    "metadata.name",
    "=x",
    "metadata.name=a=b",
    "spec.kind=a\\b",
  ])("%s is 400 and says why", async (selector) => {
    const answer = await select("fieldSelector", selector);
    expect([answer.status, answer.json.reason]).toEqual([400, "BadRequest"]);
    expect(answer.json.message).toContain("fieldSelector");
  });
});

describe("pages", () => {
  test("of any size have every token once, by name, and all carry the first page's version", async () => {
    const all = namesIn(await list(""));
    expect(all).toEqual(all.toSorted());
    for (const limit of [1, 2, 4, 5, 6]) {
      const seen: string[] = [];
      const versions = new Set<string>();
      let after = "";
      do {
        const page = await list(`limit=${limit}&continue=${after}`);
        expect(page.json.items.length).toBeLessThanOrEqual(limit);
        seen.push(...namesIn(page));
        versions.add(page.json.metadata.resourceVersion);
        after = page.json.metadata.continue ?? "";
        await other.create();
      } while (after);
      expect(seen).toEqual(all);
      expect(versions.size).toBe(1);
    }
  });

  test("of another list, another user or nothing at all are 410 Expired", async () => {
    const after = (await list("limit=1")).json.metadata.continue;
    const forged = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");
    for (const answer of [
      await list(`limit=1&labelSelector=team&continue=${after}`),
      await list(`limit=1&continue=${after}`, other),
      await list(`limit=1&continue=${after.slice(0, -3)}`),
      await list("continue=nothing"),
      await list(`continue=${forged(["1", "a", "b"])}`),
    ]) {
      expect(answer.json).toMatchObject({ kind: "Status", code: 410, reason: "Expired" });
    }
    expect((await list(`limit=1&continue=${after}`)).status).toBe(200);
  });
});

describe("the version of a list", () => {
  test("is the one of the last change, also of an empty list", async () => {
    const latest = (await other.create()).metadata.resourceVersion;
    const empty = await select("labelSelector", "nothing=here");
    expect(Number(empty.json.metadata.resourceVersion)).toBeGreaterThanOrEqual(Number(latest));
    const full = await list("");
    expect(full.json.metadata.resourceVersion).toBe(empty.json.metadata.resourceVersion);
  });

  test("may be asked for: not older always, exactly only the present one", async () => {
    const version = (await list("")).json.metadata.resourceVersion;
    for (const [query, status] of [
      ["resourceVersion=0", 200],
      [`resourceVersion=${version}`, 200],
      ["resourceVersion=1&resourceVersionMatch=NotOlderThan", 200],
      [`resourceVersion=${version}&resourceVersionMatch=Exact`, 200],
      ["resourceVersion=1&resourceVersionMatch=Exact", 410],
      ["resourceVersion=99999999", 410],
      ["resourceVersion=x", 400],
      ["resourceVersionMatch=Exact", 400],
      ["resourceVersion=0&resourceVersionMatch=Exact", 400],
      ["resourceVersion=1&resourceVersionMatch=Sometimes", 400],
      ["limit=-1", 400],
    ] as const) {
      expect([query, (await list(query)).status]).toEqual([query, status]);
    }
  });
});
