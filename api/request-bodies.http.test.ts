import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCaller, TOKENS } from "./testing/client";
import { serveApi } from "./testing/http-server";

const CHUNKED = "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n";
const FIRST_CHUNK = "5\r\n{  \r\n\r\n";

const logged: string[] = [];
const log = pino({ level: "warn" }, { write: (line: string) => logged.push(line) });
let server: Awaited<ReturnType<typeof serveApi>>;

beforeAll(async () => {
  server = await serveApi(log);
});
afterAll(() => server.close());

/** Sends the beginning of a request, and gives what is answered before its body has ended. */
async function begin(method: string, path: string, headers: string, isAnswered = /\r\n\r\n/) {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.write(
    `${method} ${path} HTTP/1.1\r\nHost: test\r\n${headers}${CHUNKED}\r\n${FIRST_CHUNK}`,
  );
  for (let waited = 0; waited < 20 && !isAnswered.test(answer); waited += 1) await sleep(50);
  socket.destroy();
  return answer;
}

describe("a body of unannounced length", () => {
  test("is not waited for from somebody who is nobody", async () => {
    expect(await begin("POST", TOKENS, "")).toMatch(/^HTTP\/1.1 401 /);
  });

  test("is not waited for at an address that is none", async () => {
    expect(await begin("POST", "/apis/nothing.example.com", "")).toMatch(/^HTTP\/1.1 404 /);
  });

  test("is not waited for when its media type is none", async () => {
    const { bearer } = await aCaller();
    const headers = `Authorization: Bearer ${bearer}\r\n`;
    expect(await begin("PATCH", `${TOKENS}/token-bcdfghjklm`, headers)).toMatch(/^HTTP\/1.1 415 /);
  });
});

test.each([
  ["an unannounced", CHUNKED],
  ["an announced", "Content-Length: 100\r\nContent-Type: application/json\r\n"],
])("a client that goes away within %s body is no failure of the server", async (_, headers) => {
  const { bearer } = await aCaller();
  logged.length = 0;
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  const authorization = `Authorization: Bearer ${bearer}\r\n`;
  socket.write(`POST ${TOKENS} HTTP/1.1\r\nHost: test\r\n${authorization}${headers}\r\n5\r\n{  `);
  await sleep(200);
  socket.destroy();
  await sleep(200);
  expect(logged).toEqual([]);
});
