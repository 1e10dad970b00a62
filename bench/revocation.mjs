import { Agent, request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { addTokens, environmentFor, startDatabase } from "./database.mjs";
import { startLatchkey } from "./latchkey.mjs";
import { median, report } from "./report.mjs";

const TOKENS = "/apis/ext.cattle.io/v1/tokens";
const CHECKS_PER_SECOND = 3_000;
const TICK_MS = 10;
const WARM_UP_MS = 300;
const WATCH_MS = 1_200;
const CUT_EVERY_MS = 100;
const EXPIRY_MS = 1_000;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

// Each stops the token. What was sent after `until` may not be let in by the process that stopped
// it: then its answer was here. What was sent after `from` counts against the other one: that is the
// commit, by the database's own record. Expiry and what happens in the database are told to neither
// process.
const WAYS = {
  disable: async ({ pool, here, admin, name }) => {
    await change(here, "PATCH", { admin, name, body: { spec: { enabled: false } } });
    return sinceCommit(pool, EVENT_COMMIT, name);
  },
  delete: async ({ pool, here, admin, name }) => {
    await change(here, "DELETE", { admin, name });
    return sinceCommit(pool, EVENT_COMMIT, name);
  },
  owner: async ({ pool, owner }) => {
    await pool.query("update users set enabled = false where id = $1", [owner]);
    return sinceCommit(pool, OWNER_COMMIT, owner);
  },
  expiry: async ({ pool, name }) => {
    const { rows } = await pool.query("select expires_at from tokens where name = $1", [name]);
    const at = rows[0].expires_at.getTime();
    return { from: at, until: at };
  },
};
const EVENT_COMMIT =
  "select pg_xact_commit_timestamp(xmin) as at from audit_events where object_name = $1";
const OWNER_COMMIT = "select pg_xact_commit_timestamp(xmin) as at from users where id = $1";
const NAMES = {
  disable: "disabled",
  delete: "deleted",
  owner: "owner disabled (by the database)",
  expiry: "expired",
};

/** How long a stopped token still works, on the process that stopped it and on another one. */
export async function run(args) {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "200" } } });
  const rounds = Number(values.rounds);
  const database = await startDatabase({ keepsCommitTimes: true });
  const environment = environmentFor(database);
  const pool = new pg.Pool({ connectionString: database.url });
  const processes = [];
  try {
    for (let at = 0; at < 2; at += 1) processes.push(await startLatchkey("server", environment));
    const [admin] = await addTokens(database, { user: "user-admin", role: "admin", count: 1 });
    const [here, there] = processes.map(({ url }) => url.replace("localhost", "127.0.0.1"));
    const context = { database, pool, here, there, admin };
    const fed = await measure(context, { rounds, isCut: false });
    const cut = await measure(context, { rounds, isCut: true });
    const header = ["the token was", "here", "on the other process", "goal"];
    report("revocation", { rounds, fed, cut }, [
      { header, rows: toRows(fed, "0; p99 ≤ 50 ms, never above 1 s") },
      { header: ["… while the feed is cut", ...header.slice(1)], rows: toRows(cut, "≤ 1 s") },
    ]);
  } finally {
    agent.destroy();
    for (const latchkey of processes) await latchkey.stop();
    await pool.end();
    await database.remove();
  }
}

// Each round stops one token in each way, under the same load.
async function measure(context, { rounds, isCut }) {
  const delays = Object.fromEntries(Object.keys(WAYS).map((way) => [way, { here: [], there: [] }]));
  for (let round = 0; round < rounds; round += 1) {
    const stops = [];
    for (const way of Object.keys(WAYS)) {
      stops.push(await prepare(context, { way, owner: `user-${way}-${isCut}-${round}` }));
    }
    const bearers = stops.map(({ bearer }) => bearer);
    const load = startChecks([context.here, context.there], bearers);
    const cutter = isCut ? setInterval(() => cutFeeds(context), CUT_EVERY_MS) : undefined;
    const stopping = stopAll(stops);
    const [here, there] = await stopping.then(load.end, load.end);
    clearInterval(cutter);
    const times = await stopping;
    for (const [at, way] of Object.keys(WAYS).entries()) {
      delays[way].here.push(delayOf(here[at], times[at].until));
      delays[way].there.push(delayOf(there[at], times[at].from));
    }
  }
  return Object.fromEntries(
    Object.entries(delays).map(([way, { here, there }]) => [
      way,
      { here: summary(here), there: summary(there) },
    ]),
  );
}

async function stopAll(stops) {
  await sleep(WARM_UP_MS);
  const times = await Promise.all(stops.map(({ stop }) => stop()));
  await sleep(Math.max(...times.map(({ until }) => until - Date.now()), 0) + WATCH_MS);
  return times;
}

async function prepare(context, { way, owner }) {
  const ttlMs = way === "expiry" ? EXPIRY_MS : undefined;
  const [bearer] = await addTokens(context.database, {
    user: owner,
    count: 1,
    ...(ttlMs ? { ttlMs } : {}),
  });
  const name = bearer.slice("ext/".length, bearer.indexOf(":"));
  return { bearer, stop: () => WAYS[way]({ ...context, owner, name }) };
}

async function sinceCommit(pool, commit, subject) {
  const until = Date.now();
  const { rows } = await pool.query(commit, [subject]);
  if (rows.length !== 1) throw new Error(`${subject} was changed ${rows.length} times`);
  return { from: rows[0].at.getTime(), until };
}

/** Sends checks of each token to each process at an even pace; gives the last accepted of each. */
function startChecks(urls, bearers) {
  const last = urls.map(() => bearers.map(() => ({ acceptedSentAt: 0, accepted: 0, refused: 0 })));
  const waiting = new Set();
  const failures = [];
  const perTick = Math.round((CHECKS_PER_SECOND * TICK_MS) / 1_000 / urls.length);
  let turn = 0;
  const timer = setInterval(() => {
    for (let one = 0; one < perTick; one += 1) {
      turn = (turn + 1) % bearers.length;
      for (const [at, url] of urls.entries()) {
        const asking = checkOnce(url, bearers[turn], last[at][turn])
          .catch((error) => failures.push(error))
          .finally(() => waiting.delete(asking));
        waiting.add(asking);
      }
    }
  }, TICK_MS);
  return {
    end: async () => {
      clearInterval(timer);
      await Promise.all(waiting);
      if (failures.length > 0) throw failures[0];
      return last;
    },
  };
}

async function checkOnce(url, bearer, last) {
  const { status, sentAt } = await send(`${url}/verify`, { bearer });
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
  const { status, text: answer } = await send(`${url}${TOKENS}/${name}`, sent);
  if (status !== 200) throw new Error(`${method} was answered ${status}: ${answer}`);
}

function send(url, { method = "GET", bearer, headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const sent = { method, agent, headers: { ...headers, authorization: `Bearer ${bearer}` } };
    let sentAt = Number.NaN;
    const outgoing = httpRequest(url, sent, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      incoming.once("end", () => resolve({ status: incoming.statusCode, text, sentAt }));
    });
    // Not before there is a connection for it: what waits for one has not been sent.
    outgoing.once("socket", () => {
      sentAt = Date.now();
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function cutFeeds({ pool }) {
  return pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey feed'",
  );
}

function summary(delaysMs) {
  const sorted = delaysMs.toSorted((left, right) => left - right);
  return {
    medianMs: median(sorted),
    p99Ms: sorted[Math.ceil(sorted.length * 0.99) - 1],
    worstMs: sorted.at(-1),
  };
}

function toRows(results, goal) {
  const text = ({ medianMs, p99Ms, worstMs }) =>
    `median ${medianMs} ms, p99 ${p99Ms} ms, worst ${worstMs} ms`;
  return Object.entries(results).map(([way, { here, there }]) => [
    NAMES[way],
    text(here),
    text(there),
    goal,
  ]);
}
