import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { countConnections } from "@/db/testing/connections";
import { measured, times } from "@/prove/proof";
import { firstErrorsIn } from "./child-output";
import { onDatabase } from "./database";
import { makeFaultPlace } from "./fault-place";
import { expect, test } from "./fixtures";
import { operate } from "./latchkey";
import { ask, inLoops } from "./load";
import { ADMINISTRATOR } from "./people";
import { endDatabase } from "./postgres";
import { cookieOf, signInProgram } from "./sign-in";
import { type Acknowledged, liveOnce, type To } from "./token-life";
import { TOKENS } from "./tokens";

const SOAK_MS = times({ quick: 12_000, full: 30 * 60_000 });
const RESTARTS = times({ quick: 1, full: 3 });
const SAMPLES = 40;
const GROWTH_MB_MAX = times({ quick: 200, full: 25 });
/** Twelve of its pool, and the feed of changes. */
const CONNECTIONS_MAX = 13;
/** The answer that each kind of traffic gets, and what else but 503 it may get. */
const PROMISED = {
  checks: ["200"],
  unknown: ["401"],
  changes: ["201"],
  lists: ["200"],
  // A watch that went on where the restarted database does not know it.
  watches: ["200", "410"],
  pages: ["200"],
} satisfies Record<string, [string, ...string[]]>;

test("mixed traffic for long, through restarts of the database: nothing acknowledged is lost, every answer is one that is promised, and memory and connections do not grow", async () => {
  test.setTimeout(SOAK_MS + 180_000);
  const place = await makeFaultPlace();
  const latchkey = await place.start({
    environment: { DATABASE_URL: place.directUrl(), LOG_LEVEL: "warn" },
  });
  const agent = new Agent({ keepAlive: true });
  try {
    const authorization = `Bearer ${await signInProgram(latchkey, ADMINISTRATOR)}`;
    const cookie = await cookieOf(latchkey, ADMINISTRATOR);
    const to: To = (where, { type = "application/json", ...wish } = {}) => {
      const isPage = where === "/tokens";
      const headers: Record<string, string> = isPage
        ? { cookie }
        : { authorization, "content-type": type };
      return ask(latchkey.url + where, { agent, headers, ...wish });
    };
    const acknowledged: Acknowledged = { kept: new Set(), gone: new Set() };
    const traffic = {
      checks: inLoops(2, () => paced(5, statusOf(to("/verify")))),
      unknown: inLoops(1, () => {
        const headers = { authorization: "Bearer ext/token-bcdfg:wrong" };
        return paced(10, statusOf(ask(`${latchkey.url}/verify`, { agent, headers })));
      }),
      changes: inLoops(2, () => paced(20, liveOnce(to, acknowledged))),
      lists: inLoops(1, () => paced(50, statusOf(to(`${TOKENS}?limit=50`)))),
      watches: inLoops(1, async () => (await to(`${TOKENS}?watch=1&timeoutSeconds=1`)).status),
      pages: inLoops(1, () => paced(50, statusOf(to("/tokens")))),
    };
    const memoryMb: number[] = [];
    for (let sample = 1; sample <= SAMPLES; sample += 1) {
      await sleep(SOAK_MS / SAMPLES);
      memoryMb.push(residentMb(latchkey.pid));
      if (sample % Math.ceil(SAMPLES / (RESTARTS + 1)) !== 0) continue;
      await endDatabase(place, "SIGINT");
      await place.startDatabase();
      await expect.poll(async () => (await to("/verify")).status).toBe("200");
    }
    const answers: Record<string, number>[] = [];
    for (const [name, { stop }] of Object.entries(traffic)) {
      const { counts } = await stop();
      const [good, ...rare] = PROMISED[name as keyof typeof traffic];
      const known = [good, ...rare, "503"];
      const others = Object.keys(counts).filter((answer) => !known.includes(answer));
      const log = firstErrorsIn(latchkey.output());
      expect(others, `answers to ${name} that nobody promised\n${log}`).toEqual([]);
      expect(counts[good] ?? 0, `good answers to ${name}`).toBeGreaterThan(0);
      answers.push(counts);
    }
    const { text } = await to(TOKENS);
    const stored = new Set(
      JSON.parse(text).items.map((item: { metadata: { name: string } }) => item.metadata.name),
    );
    const { kept, gone } = acknowledged;
    expect([...kept].filter((name) => !stored.has(name))).toEqual([]);
    expect([...gone].filter((name) => stored.has(name))).toEqual([]);
    expect(await operate({ ...latchkey, dataDir: place.dataDir }, ["audit"])).toContain(
      "The audit trail is whole",
    );
    const connections = await onDatabase(place, countConnections);
    expect(connections).toBeGreaterThan(0);
    expect(connections).toBeLessThanOrEqual(CONNECTIONS_MAX);
    const grownMb =
      meanOf(memoryMb.slice(-SAMPLES / 4)) - meanOf(memoryMb.slice(SAMPLES / 4, SAMPLES / 2));
    expect(grownMb).toBeLessThan(GROWTH_MB_MAX);
    const all = answers.flatMap((counts) => Object.values(counts)).reduce((a, b) => a + b, 0);
    const refused = answers.reduce((sum, counts) => sum + (counts[503] ?? 0), 0);
    measured(
      `${Math.round(SOAK_MS / 60_000)} min of mixed traffic, the database restarted ${RESTARTS} times: nothing acknowledged is lost, and the only failures are 503 while it is away`,
      `${all} answers, ${refused} of them 503; ${kept.size} tokens kept and ${gone.size} deleted, all as acknowledged`,
    );
    measured(
      `Memory of the last quarter at most ${GROWTH_MB_MAX} MB above that of the second`,
      `${Math.round(grownMb)} MB (${Math.round(meanOf(memoryMb.slice(-SAMPLES / 4)))} MB)`,
    );
  } finally {
    agent.destroy();
    await place.remove();
  }
});

async function statusOf(answer: Promise<{ status: string }>): Promise<string> {
  return (await answer).status;
}

async function paced(pauseMs: number, answer: Promise<string>): Promise<string> {
  const told = await answer;
  await sleep(pauseMs);
  return told;
}

function residentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1_000;
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
