import { describe, expect, test } from "vitest";
import { withoutTtlMaximum } from "@/domain/testing/situations";
import { aCaller, TOKENS } from "../testing/client";

const KUBECTL =
  "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
const V1BETA1 = "application/json;as=Table;v=v1beta1;g=meta.k8s.io";

const accepting = (accept: string) => ({ headers: { accept } });

describe("200", () => {
  test("a list is a table with a row for every token, its wide columns marked", async () => {
    const caller = await aCaller();
    const created = await caller.create({ description: "deploys", kind: "ci", ttl: 7_200_000 });
    const { json } = await caller.send("GET", TOKENS, accepting(KUBECTL));
    expect(json).toMatchObject({ kind: "Table", apiVersion: "meta.k8s.io/v1" });
    const columns: { name: string; priority: number; type: string }[] = json.columnDefinitions;
    expect(columns.map(({ name, priority }) => `${name} ${priority}`)).toEqual([
      "Name 0",
      "User 1",
      "Kind 0",
      "TTL 0",
      "Age 0",
      "Description 1",
    ]);
    expect(json.rows).toHaveLength(2);
    const { name } = created.metadata;
    const row = json.rows.find(({ cells }: { cells: string[] }) => cells[0] === name);
    expect(row.cells).toEqual([
      name,
      caller.actor.userId,
      "ci",
      "120m",
      expect.stringMatching(/^\d+s$/),
      "deploys",
    ]);
    expect(row.object).toEqual({
      kind: "PartialObjectMetadata",
      apiVersion: "meta.k8s.io/v1",
      metadata: created.metadata,
    });
  });

  test("one token is a table of one row, also in the older version", async () => {
    const caller = await aCaller();
    const { json } = await caller.send("GET", `${TOKENS}/${caller.name}`, accepting(V1BETA1));
    expect(json).toMatchObject({ kind: "Table", apiVersion: "meta.k8s.io/v1beta1" });
    expect(json.rows.map(({ cells }: { cells: string[] }) => cells[0])).toEqual([caller.name]);
  });

  test("a row has the whole token or nothing with it, as includeObject says", async () => {
    const caller = await aCaller();
    const rowsOf = async (includeObject: string) => {
      const path = `${TOKENS}?includeObject=${includeObject}`;
      return (await caller.send("GET", path, accepting(KUBECTL))).json.rows;
    };
    const [whole] = await rowsOf("Object");
    expect(whole.object).toMatchObject({ kind: "Token", spec: { description: "calls" } });
    const [bare] = await rowsOf("None");
    expect(bare).toEqual({ cells: whole.cells });
  });

  test("a token without an end never ends", async () => {
    const caller = await aCaller();
    await withoutTtlMaximum(async () => {
      const { metadata } = await caller.create({ ttl: -1 });
      const path = `${TOKENS}/${metadata.name}`;
      const { json } = await caller.send("GET", path, accepting(KUBECTL));
      expect(json.rows[0].cells[3]).toBe("never");
    });
  });

  test("a page of a table tells where the next one begins", async () => {
    const caller = await aCaller();
    await caller.create();
    const { json } = await caller.send("GET", `${TOKENS}?limit=1`, accepting(KUBECTL));
    expect(json.rows).toHaveLength(1);
    expect(json.metadata.continue).toMatch(/./);
  });

  test.each([
    ["", "TokenList"],
    ["*/*", "TokenList"],
    ["application/*", "TokenList"],
    ["application/json", "TokenList"],
    ["Application/JSON; charset=utf-8", "TokenList"],
    ["text/html, application/json;q=0.1", "TokenList"],
    ["application/vnd.kubernetes.protobuf,application/json", "TokenList"],
    [`${V1BETA1};q=0.5, application/json;q=0.9`, "TokenList"],
    [`application/json;q=0.5, ${V1BETA1};q=0.9`, "Table"],
    [`*/*, ${V1BETA1}`, "TokenList"],
    [`application/json;as=Table;v=v9;g=meta.k8s.io, ${V1BETA1}`, "Table"],
  ])("Accept %j is answered with a %s", async (accept, kind) => {
    const { status, json } = await (await aCaller()).send("GET", TOKENS, accepting(accept));
    expect([status, json.kind]).toEqual([200, kind]);
  });
});
