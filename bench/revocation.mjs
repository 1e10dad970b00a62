import { Agent, request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { addTokens, environmentFor, startDatabase } from "./database.mjs";
import { startLatchkey } from "./latchkey.mjs";
import { median, report } from "./report.mjs";

const TOKENS = "/apis/ext.cattle.io/v1/tokens";
const CHECKS_PER_SECOND = 3_000;
const TICK_MS = 10;
const WARM_UP_MS = 150;
const WATCH_MS = 1_200;
const CUT_EVERY_MS = 100;
const EXPIRY_MS = 2_000;
const GOAL = "≤ 1 s, mostly ≤ 50 ms";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

// Each stops the token and gives the instant, by Date.now(), from which on it is stopped.
const WAYS = {
  disable: async ({ here, admin, name }) => {
    await change(here, "PATCH", { admin, name, body: { spec: { enabled: false } } });
    return Date.now();
  },
  delete: async ({ here, admin, name }) => {
    await change(here, "DELETE", { admin, name });
    return Date.now();
  },
  owner: async ({ database, owner }) => {
    await database.client.query("update users set enabled = false where id = $1", [owner]);
    return Date.now();
  },
  expiry: async ({ database, name }) => {
    const { rows } = await database.client.query("select expires_at from tokens where name = $1", [
      name,
    ]);
    return rows[0].expires_at.getTime();
  },
};

/** How long a stopped token still works, on the process that stopped it and on another one. */
export async function run(args) {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "200" } } });
  const database = await startDatabase();
  const environment = environmentFor(database);
  const processes = [];
  try {
    for (let at = 0; at < 2; at += 1) processes.push(await startLatchkey("server", environment));
    const [admin] = await addTokens(database, { user: "user-admin", role: "admin", count: 1 });
    const [here, there] = processes.map(({ url }) => url.replace("localhost", "127.0.0.1"));
    const context = { database, here, there, admin };
    const results = {};
    for (const isCut of [false, true]) {
      for (const way of Object.keys(WAYS)) {
        const name = isCut ? `${way}, feed cut` : way;
        results[name] = await measure(context, { way, isCut, rounds: Number(values.rounds) });
        console.log(name, JSON.stringify(results[name]));
      }
    }
    report("revocation", { rounds: Number(values.rounds), ...results }, toRows(results));
  } finally {
    agent.destroy();
    for (const latchkey of processes) await latchkey.stop();
    await database.remove();
  }
}

async function measure(context, { way, isCut, rounds }) {
  const delays = { here: [], there: [] };
  for (let round = 0; round < rounds; round += 1) {
    const owner = `user-${way}-${isCut ? "cut" : "fed"}-${round}`;
    const ttlMs = way === "expiry" ? EXPIRY_MS : undefined;
    const [bearer] = await addTokens(context.database, {
      user: owner,
      count: 1,
      ...(ttlMs ? { ttlMs } : {}),
    });
    const name = bearer.slice("ext/".length, bearer.indexOf(":"));
    const load = startChecks([context.here, context.there], bearer);
    const cutter = isCut ? setInterval(() => cutFeeds(context.database), CUT_EVERY_MS) : undefined;
    await sleep(WARM_UP_MS);
    const stoppedAt = await WAYS[way]({ ...context, owner, name });
    await sleep(Math.max(0, stoppedAt - Date.now()) + WATCH_MS);
    clearInterval(cutter);
    const [here, there] = await load.end();
    delays.here.push(delayOf(here, stoppedAt));
    delays.there.push(delayOf(there, stoppedAt));
  }
  return { here: summary(delays.here), there: summary(delays.there) };
}

/** Sends checks to each process at an even pace; gives when the last accepted one was sent to each. */
function startChecks(urls, bearer) {
  const last = urls.map(() => ({ acceptedSentAt: 0, accepted: 0, refused: 0 }));
  const waiting = new Set();
  const perTick = Math.round((CHECKS_PER_SECOND * TICK_MS) / 1_000 / urls.length);
  const timer = setInterval(() => {
    for (const [at, url] of urls.entries()) {
      for (let one = 0; one < perTick; one += 1) {
        const asking = checkOnce(url, bearer, last[at]).finally(() => waiting.delete(asking));
        waiting.add(asking);
      }
    }
  }, TICK_MS);
  return {
    end: async () => {
      clearInterval(timer);
      await Promise.all(waiting);
      return last;
    },
  };
}

async function checkOnce(url, bearer, last) {
  const sentAt = Date.now();
  const { status } = await send(`${url}/verify`, { bearer });
  if (status === 200) {
    last.accepted += 1;
    last.acceptedSentAt = Math.max(last.acceptedSentAt, sentAt);
  } else if (status === 401) last.refused += 1;
  else throw new Error(`a check was answered ${status}`);
}

function delayOf({ acceptedSentAt, accepted, refused }, stoppedAt) {
  if (accepted === 0 || refused === 0) throw new Error(`${accepted} accepted, ${refused} refused`);
  return Math.max(0, acceptedSentAt - stoppedAt);
}

async function change(url, method, { admin, name, body }) {
  const type = { "content-type": "application/merge-patch+json" };
  const text = body ? JSON.stringify(body) : undefined;
  const sent = { method, bearer: admin, body: text, headers: text ? type : {} };
  const { status } = await send(`${url}${TOKENS}/${name}`, sent);
  if (status !== 200) throw new Error(`${method} was answered ${status}`);
}

function send(url, { method = "GET", bearer, headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const sent = { method, agent, headers: { ...headers, authorization: `Bearer ${bearer}` } };
    const outgoing = httpRequest(url, sent, (incoming) => {
      incoming.resume().once("end", () => resolve({ status: incoming.statusCode }));
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function cutFeeds({ client }) {
  return client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey feed'",
  );
}

function summary(delaysMs) {
  const sorted = delaysMs.toSorted((left, right) => left - right);
  return {
    medianMs: median(sorted),
    p99Ms: sorted[Math.floor((sorted.length - 1) * 0.99)],
    worstMs: sorted.at(-1),
  };
}

function toRows(results) {
  return Object.entries(results).map(([name, { here, there }]) => [
    `${name}: here; on the other process`,
    [here, there].map((one) => `${one.medianMs} ms, worst ${one.worstMs} ms`).join("; "),
    GOAL,
  ]);
}
