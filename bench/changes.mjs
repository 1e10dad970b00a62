import { parseArgs } from "node:util";
import { addTokens, environmentFor, startDatabase } from "./database.mjs";
import { startLatchkey } from "./latchkey.mjs";
import { compare, leaveFirstCore, pinnedNode } from "./pinned.mjs";
import { report } from "./report.mjs";

const TOKENS = "/apis/ext.cattle.io/v1/tokens";
const COUNT = 1_600;
const GOAL = 500;

/** How many changes a second one process sustains while each waits for its place in the chain. */
export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "5" },
    },
  });
  const effort = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  leaveFirstCore();
  const database = await startDatabase();
  const environment = environmentFor(database);
  const latchkey = await startLatchkey("server", environment, pinnedNode());
  try {
    const bearers = await addTokens(database, { user: "user-bench", count: COUNT });
    const names = bearers.map((bearer) => bearer.slice("ext/".length, bearer.indexOf(":")));
    const headers = { authorization: `Bearer ${bearers[0]}` };
    const cases = {
      update: { url: latchkey.url, requests: descriptions(names, headers) },
      create: { url: latchkey.url, status: 201, requests: [creation(headers)], shared: true },
    };
    const before = await countEvents(database);
    const startedAt = performance.now();
    const measured = await compare(cases, effort);
    const seconds = (performance.now() - startedAt) / 1_000;
    const events = (await countEvents(database)) - before;
    show({ ...measured, eventsPerSecond: Math.round(events / seconds) });
  } finally {
    await latchkey.stop();
    await database.remove();
  }
}

// Each in turn, and then each again with another text: every request changes something.
function descriptions(names, headers) {
  return ["the first text", "the second text"].flatMap((description) =>
    names.map((name) => ({
      method: "PATCH",
      path: `${TOKENS}/${name}`,
      headers: { ...headers, "content-type": "application/merge-patch+json" },
      body: JSON.stringify({ spec: { description } }),
    })),
  );
}

function creation(headers) {
  return {
    method: "POST",
    path: TOKENS,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ spec: { description: "bench", ttl: 3_600_000 } }),
  };
}

async function countEvents({ client }) {
  const { rows } = await client.query("select seq from audit_chain");
  return Number(rows[0].seq);
}

function show(results) {
  const { update, create, eventsPerSecond } = results;
  const rate = ({ requestsPerSecond }) => `${requestsPerSecond} a second`;
  report("changes", results, [
    {
      header: ["what", "measured", "p99", "goal"],
      rows: [
        ["descriptions changed", rate(update), `${update.p99Ms} ms`, `≥ ${GOAL}`],
        ["tokens created", rate(create), `${create.p99Ms} ms`, `≥ ${GOAL}`],
        ["events appended, pauses included", `${eventsPerSecond} a second`, "", ""],
      ],
    },
  ]);
}
