import { describe, expect, test } from "vitest";
import { aCaller, TOKENS } from "../testing/client";

const OWNER = "cattle.io/user-id";

describe("a warning tells what was asked for and not done", () => {
  test("the name of a new token", async () => {
    const caller = await aCaller();
    const answer = await caller.send("POST", TOKENS, { body: { metadata: { name: "mine" } } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("warning")).toBe(
      '299 - "metadata.name is ignored: the server generates the name"',
    );
  });

  test.each([
    ["another value", "user-bcdfghjklm"],
    ["none", null],
  ])("for a label of the server: %s", async (_, value) => {
    const caller = await aCaller();
    const body = { metadata: { labels: { [OWNER]: value, team: "a" } } };
    const answer = await caller.send("PATCH", `${TOKENS}/${caller.name}`, { body });
    expect(answer.json.metadata.labels).toMatchObject({ [OWNER]: caller.actor.userId, team: "a" });
    expect(answer.headers.get("warning")).toBe(
      `299 - "metadata.labels.${OWNER} is the server's and stays as it is"`,
    );
  });
});

test("nothing is warned of when a token is sent back as it was read, or without the server's labels", async () => {
  const caller = await aCaller();
  const { json } = await caller.send("GET", `${TOKENS}/${caller.name}`);
  for (const metadata of [json.metadata, { labels: { team: "a" } }, {}]) {
    const body = { ...json, metadata };
    const answer = await caller.send("PUT", `${TOKENS}/${caller.name}`, { body });
    expect([answer.status, answer.headers.get("warning")]).toEqual([200, null]);
  }
  const body = { spec: { description: "new" } };
  for (const [method, path] of [
    ["PATCH", `${TOKENS}/${caller.name}`],
    ["POST", TOKENS],
  ] as const) {
    expect((await caller.send(method, path, { body })).headers.get("warning")).toBeNull();
  }
});
