import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { removeEmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded";
import { expect, test } from "./fixtures";
import { freePorts, type Latchkey, startLatchkey } from "./latchkey";
import { ask, inLoops } from "./load";
import { readServers, startNginx } from "./nginx";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";

const CONNECTIONS = 16;

test("two processes behind nginx are restarted one after the other without one failed check, and one that is killed takes only what it was answering", async () => {
  test.setTimeout(240_000);
  const dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-rolling-"));
  const { url: databaseUrl, stop } = await startEmbeddedDatabase({ dataDir });
  const [front = 0, ...ports] = await freePorts(3);
  const url = `http://127.0.0.1:${front}`;
  const start = (at: number): Promise<Latchkey> =>
    startLatchkey({
      environment: {
        DATABASE_URL: databaseUrl,
        HOST: "127.0.0.1",
        PORT: String(ports[at]),
        NEXTAUTH_URL: url,
        NEXTAUTH_SECRET: "one secret for both processes of it",
        TRUST_PROXY: "1",
        ADMIN_USERNAME: ADMINISTRATOR.username,
        ADMIN_PASSWORD: ADMINISTRATOR.password,
      },
    });
  const running = [await start(0), await start(1)] as [Latchkey, Latchkey];
  const nginx = await startNginx(dataDir, {
    servers: readServers({ front, ports }),
    port: front,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const headers = { authorization: `Bearer ${await signInProgram({ url }, ADMINISTRATOR)}` };
    const checks = inLoops(
      CONNECTIONS,
      async () => (await ask(`${url}/verify`, { agent, headers })).status,
    );
    for (const at of [0, 1] as const) {
      await sleep(1_000);
      expect(await running[at].end("SIGTERM")).toBe(0);
      await sleep(1_000);
      running[at] = await start(at);
    }
    await sleep(2_000);
    const restarted = { ...checks.told.counts };
    expect(Object.keys(restarted)).toEqual(["200"]);
    expect(restarted[200]).toBeGreaterThan(1_000);

    await running[0].end("SIGKILL");
    await sleep(3_000);
    const { 200: good = 0, ...failed } = (await checks.stop()).counts;
    expect(good).toBeGreaterThan(restarted[200] ?? 0);
    const failures = Object.values(failed).reduce((sum, count) => sum + count, 0);
    expect(failures).toBeLessThanOrEqual(CONNECTIONS);
  } finally {
    agent.destroy();
    nginx.kill("SIGTERM");
    await Promise.all(running.map((latchkey) => latchkey.end("SIGTERM")));
    await stop();
    await removeEmbeddedDatabase({ dataDir });
    await rm(dataDir, { recursive: true, force: true });
  }
});
