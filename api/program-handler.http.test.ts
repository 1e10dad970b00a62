import { expect, test } from "vitest";
import { whileTooManyChangesWait } from "@/domain/testing/situations";
import { aCaller, SETTINGS, TOKENS, USERS } from "./testing/client";
import { serveApi } from "./testing/http-server";

test("a change that finds no room is refused at once, before anybody asks who sends it; reads are not", async () => {
  const server = await serveApi();
  const { bearer } = await aCaller();
  const send = (method: string, path: string, authorization = `Bearer ${bearer}`) => {
    const headers = ["authorization", authorization, "content-type", "application/json"];
    return server.send({ method, path, headers, body: method === "GET" ? undefined : "{}" });
  };
  const held = await whileTooManyChangesWait(async () => {
    for (const path of [TOKENS, SETTINGS, USERS]) {
      const answer = await send("POST", path, "Bearer ext/token-of-nobody:wrong");
      expect(answer.status).toBe(503);
      expect(answer.headers).toMatchObject({ "retry-after": "1", "cache-control": "no-store" });
      expect(JSON.parse(answer.text)).toMatchObject({
        kind: "Status",
        reason: "ServiceUnavailable",
        details: { retryAfterSeconds: 1 },
      });
    }
    return { list: send("GET", TOKENS) };
  });
  expect((await held.list).status).toBe(200);
  expect((await send("POST", TOKENS)).status).toBe(201);
  await server.close();
});
