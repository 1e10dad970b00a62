import { randomUUID } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { addTokens, environmentFor, fillTo, startDatabase } from "./database.mjs";
import { startLatchkey } from "./latchkey.mjs";
import { report } from "./report.mjs";

const CHECKED = 1_000;
const CHECKS_PER_SECOND = 300;
const TICK_MS = 10;
const BEFORE_MS = 10_000;
const POLL_MS = 250;
const GOAL_SECONDS = 60;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** How long it takes to disable 100,000 tokens, and what checks notice of it meanwhile. */
export async function run(args) {
  const { values } = parseArgs({
    args,
    options: { tokens: { type: "string", default: "100000" } },
  });
  const tokens = Number(values.tokens);
  const database = await startDatabase();
  const latchkey = await startLatchkey("server", environmentFor(database));
  try {
    await addTokens(database, { user: "user-admin", role: "admin", count: 1 });
    const bearers = await addTokens(database, { user: "user-checked", count: CHECKED });
    await addTokens(database, { user: "user-bench", count: 1 });
    await fillTo(database, tokens + CHECKED + 1);
    const url = latchkey.url.replace("localhost", "127.0.0.1");
    await measure(url, bearers, () => sleep(3_000));
    const before = await measure(url, bearers, () => sleep(BEFORE_MS));
    const job = {};
    const meanwhile = await measure(url, bearers, async () => {
      Object.assign(job, await carryOut(database, await store(database)));
    });
    show({ tokens, job, before, meanwhile });
  } finally {
    agent.destroy();
    await latchkey.stop();
    await database.remove();
  }
}

// As the start of a bulk action stores it; the process finds it there within a second.
async function store({ client }) {
  const id = randomUUID();
  await client.query(
    `insert into bulk_jobs (id, actor_id, actor_name, actor_token, scope, action, reason, query, state,
       as_of_seq, collected_id, last_id)
     select $1, 'user-admin', 'user-admin', 'token-bench', 'all', 'disable', 'a benchmark',
       '?owner=%3Duser-bench', 'collecting', seq, 0, (select max(id) from tokens) from audit_chain`,
    [id],
  );
  return id;
}

async function carryOut({ client }, id) {
  for (;;) {
    const { rows } = await client.query(
      `select state, changed, skipped, extract(epoch from finished_at - created_at)::float8 as seconds
       from bulk_jobs where id = $1`,
      [id],
    );
    const [job] = rows;
    if (job.state === "failed") throw new Error("the bulk action has failed");
    if (job.state === "done") return job;
    await sleep(POLL_MS);
  }
}

// At a steady rate, and timed from when each was due: a check that waits counts its waiting.
async function measure(url, bearers, work) {
  const times = [];
  const failures = [];
  const open = new Set();
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1_000) * CHECKS_PER_SECOND;
    while (sent < due) {
      const dueAt = startedAt + (sent / CHECKS_PER_SECOND) * 1_000;
      const asked = check(url, bearers[sent % bearers.length]).then(
        (status) => {
          if (status === 200) times.push(performance.now() - dueAt);
          else failures.push(status);
        },
        (error) => failures.push(error.code),
      );
      open.add(asked.finally(() => open.delete(asked)));
      sent += 1;
    }
  }, TICK_MS);
  await work();
  clearInterval(timer);
  await Promise.all(open);
  if (failures.length > 0) throw new Error(`${failures.length} checks failed: ${failures[0]}`);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.floor(sorted.length * share)] * 10) / 10;
  return { checks: sorted.length, medianMs: at(0.5), p99Ms: at(0.99), maxMs: at(0.9999) };
}

function check(url, bearer) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${bearer}` };
    httpRequest(`${url}/verify`, { agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
    })
      .on("error", reject)
      .end();
  });
}

function show({ tokens, job, before, meanwhile }) {
  const seconds = Math.round(job.seconds * 10) / 10;
  const rate = Math.round(job.changed / job.seconds);
  report("bulk", { tokens, job, before, meanwhile }, [
    {
      header: ["what", "measured", "goal"],
      rows: [
        [
          `${job.changed.toLocaleString("en")} tokens disabled`,
          `${seconds} s`,
          `≤ ${GOAL_SECONDS} s`,
        ],
        ["tokens a second", String(rate), ""],
        ["checks before: median, p99", `${before.medianMs} ms, ${before.p99Ms} ms`, ""],
        [
          "checks meanwhile: median, p99",
          `${meanwhile.medianMs} ms, ${meanwhile.p99Ms} ms`,
          `p99 ≤ ${Math.round(before.p99Ms * 20) / 10} ms`,
        ],
      ],
    },
  ]);
}
