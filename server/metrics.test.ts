import { once } from "node:events";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMetricsServer } from "./metrics";

const server = createMetricsServer(pino({ level: "silent" }));
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => once(server.close(), "close"));

const ask = (path: string, method = "GET") =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });

test("the port of the metrics serves them without a token, and while the database is away", async () => {
  const answer = await ask("/metrics");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await answer.text()).toContain("latchkey_change_feed_up 0");
});

test("the port of the metrics serves nothing else", async () => {
  for (const path of ["/", "/verify", "/metrics/x", "/apis", "/tokens"]) {
    expect((await ask(path)).status).toBe(404);
  }
  expect((await ask("/metrics", "POST")).status).toBe(405);
});

test("the port of the metrics takes a scrape with parameters, and a look at the headers", async () => {
  expect((await ask("/metrics?target=latchkey")).status).toBe(200);
  expect((await ask("/metrics", "HEAD")).status).toBe(200);
  expect((await ask("/metrics", "PUT")).headers.get("allow")).toBe("GET, HEAD");
});
