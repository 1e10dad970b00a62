import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { measured, times } from "@/prove/proof";
import { expect, test } from "./fixtures";
import { removeLatchkey, startLatchkey } from "./latchkey";
import { ask, atRate, inLoops, p99Ms } from "./load";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

const CALM_MS = times({ quick: 2_000, full: 10_000 });
const STORM_MS = times({ quick: 4_000, full: 30_000 });
const CHECKS_PER_SECOND = 100;
const CONNECTIONS_MAX = 1_000;
/** Who someone is, the creation and its flush to disk have a deadline of 5.5 s each. */
const ANSWER_MS_MAX = 16_500;

test("five times as many creations as there is room for: each is made, or refused with 429 or 503 in bounded time, checks go on, and what was answered is what is there", async () => {
  test.setTimeout(2 * CALM_MS + STORM_MS + 120_000);
  const latchkey = await startLatchkey({
    environment: {
      ADMIN_USERNAME: ADMINISTRATOR.username,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
      LOG_LEVEL: "warn",
    },
  });
  const agent = new Agent({ keepAlive: true });
  // As a proxy before it would bound them: what opens more has its own machine to wait for.
  const crowd = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });
  try {
    const authorization = `Bearer ${await signInProgram(latchkey, ADMINISTRATOR)}`;
    const check = async () =>
      (await ask(`${latchkey.url}/verify`, { agent, headers: { authorization } })).status;
    const headers = { authorization, "content-type": "application/json" };
    const body = JSON.stringify({ spec: { description: "one of many", ttl: 3_600_000 } });
    const create = async () =>
      (await ask(latchkey.url + TOKENS, { agent: crowd, method: "POST", headers, body })).status;

    const loops = inLoops(16, create);
    await sleep(CALM_MS);
    const { counts: made } = await loops.stop();
    const perSecond = Math.round((made[201] ?? 0) / (CALM_MS / 1_000));
    const calm = await atRate(CHECKS_PER_SECOND, CALM_MS, check);
    const [storm, checks] = await Promise.all([
      atRate(5 * perSecond, STORM_MS, create),
      atRate(CHECKS_PER_SECOND, STORM_MS, check),
    ]);

    expect(Object.keys(checks.counts)).toEqual(["200"]);
    const { 201: created = 0, 429: limited = 0, 503: refused = 0, ...others } = storm.counts;
    expect(others).toEqual({});
    expect(created).toBeGreaterThan(0);
    const all = Object.values(storm.timesMs).flat();
    const slowestMs = all.reduce((slowest, each) => Math.max(slowest, each), 0);
    expect(slowestMs).toBeLessThan(ANSWER_MS_MAX);
    // At once, as if nothing had been: nobody waits behind what was refused.
    expect(await create()).toBe("201");
    const { items } = JSON.parse((await ask(latchkey.url + TOKENS, { agent, headers })).text);
    // One more is the sign-in itself.
    expect(items.length).toBe((made[201] ?? 0) + created + 1 + 1);

    const sentPerSecond = Math.round(all.length / (STORM_MS / 1_000));
    measured(
      `Five times the creations there is room for (${perSecond} a second): each is made, or refused with 429 or 503`,
      `${sentPerSecond} a second: ${created} made, ${limited + refused} refused; p99 of a refusal ${p99Ms([...(storm.timesMs[429] ?? []), ...(storm.timesMs[503] ?? [])])} ms, the slowest answer ${Math.round(slowestMs)} ms`,
    );
    measured(
      "Checks go on meanwhile, each answered",
      `p99 ${p99Ms(calm.timesMs[200])} ms before, ${p99Ms(checks.timesMs[200])} ms meanwhile`,
    );
  } finally {
    agent.destroy();
    crowd.destroy();
    await removeLatchkey(latchkey);
  }
});
