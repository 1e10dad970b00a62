import { Agent, get, request } from "node:http";
import { expect, test } from "./fixtures";
import { removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

const PARALLEL = 10;

test("on SIGTERM requests in flight finish under load, and the process ends in good order within ten seconds", async () => {
  const latchkey = await startLatchkey({
    environment: {
      ADMIN_USERNAME: ADMINISTRATOR.username,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
  });
  try {
    const bearer = await signInProgram(latchkey, ADMINISTRATOR);
    const outcomes = new Map<string, number>();
    const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
    const load = Array.from({ length: PARALLEL }, async () => {
      for (let outcome = ""; outcome !== "ECONNREFUSED"; ) {
        outcome = await ask(`${latchkey.url}${TOKENS}`, bearer, agent);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    });
    await expect.poll(() => outcomes.get("200") ?? 0).toBeGreaterThan(100);
    const finish = await beginSignIn(latchkey.url);
    const startedAt = performance.now();
    const ending = latchkey.end("SIGTERM");
    await Promise.all(load);
    expect(await finish()).toBe("201");
    expect(await ending).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    agent.destroy();
    expect([...outcomes.keys()].sort()).toEqual(["200", "ECONNREFUSED"]);
  } finally {
    await removeLatchkey(latchkey);
  }
});

test("a second start on the same data says so and ends, and leaves the first alone", async () => {
  const first = await startLatchkey();
  try {
    await expect(startLatchkey({ dataDir: first.dataDir })).rejects.toThrow(/ended with 1/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  } finally {
    await removeLatchkey(first);
  }
});

/** Sends half of a sign-in and returns when the server has begun to read it; then the other half. */
async function beginSignIn(url: string): Promise<() => Promise<string>> {
  const body = JSON.stringify(ADMINISTRATOR);
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    Expect: "100-continue",
  };
  const asked = request(`${url}/v1-public/login`, { method: "POST", headers, agent: false });
  const answered = new Promise<string>((resolve) => {
    asked.once("response", (answer) => resolve(String(answer.resume().statusCode)));
    asked.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  asked.flushHeaders();
  await new Promise((resolve) => asked.once("continue", resolve));
  asked.write(body.slice(0, 10));
  return () => {
    asked.end(body.slice(10));
    return answered;
  };
}

function ask(url: string, bearer: string, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    get(url, { agent, headers: { Authorization: `Bearer ${bearer}` } }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(String(answer.statusCode)));
      answer.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "cut off"));
    }).once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
