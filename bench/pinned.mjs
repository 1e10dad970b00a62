import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import path from "node:path";
import autocannon from "autocannon";

const CONNECTIONS = 16;
const canPin = cpus().length > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** The command that runs Node on the first core alone, where the system can do that. */
export function pinnedNode() {
  const [command, ...args] = canPin ? ["taskset", "-c", "0", process.execPath] : [process.execPath];
  return { command, args };
}

/** Keeps this process, which sends the load, off the first core. */
export function leaveFirstCore() {
  if (!canPin) return;
  execFileSync("taskset", ["-a", "-pc", `1-${cpus().length - 1}`, String(process.pid)]);
}

/** Starts one of bench/servers on the first core; gives what it tells of itself. */
export async function startServer(name, environment = {}) {
  const { command, args } = pinnedNode();
  const file = path.join(import.meta.dirname, "servers", `${name}.mjs`);
  const child = spawn(command, [...args, file], {
    env: { ...process.env, NODE_ENV: "production", ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [facts] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`${name} ended with ${code}`);
    }),
  ]);
  return {
    ...facts,
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/**
 * Loads every case in turn, round after round, so that whatever else the machine does hits all
 * alike; gives the median rate and the p99 of each. The first round only warms up.
 */
export async function compare(cases, { rounds, seconds }) {
  const samples = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, wanted] of Object.entries(cases)) {
      const sample = await load(name, wanted, seconds);
      if (round > 0) samples[name].push(sample);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, summary(all)]));
}

async function load(name, { status = 200, requests, shared = false, ...request }, seconds) {
  let clients = 0;
  const result = await autocannon({
    ...request,
    connections: CONNECTIONS,
    duration: seconds,
    ...(requests
      ? {
          setupClient: (client) =>
            client.setRequests(shared ? requests : share(requests, clients++)),
        }
      : {}),
  });
  const wrong = Object.entries(result.statusCodeStats).filter(([code]) => Number(code) !== status);
  if (wrong.length > 0 || result.errors > 0) {
    throw new Error(`${name}: ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors`);
  }
  return { rate: result.requests.total / result.duration, p99Ms: result.latency.p99 };
}

// Each connection has requests of its own, or all would ask for the same at the same time.
function share(requests, index) {
  return requests.filter((_, at) => at % CONNECTIONS === index % CONNECTIONS);
}

function summary(samples) {
  const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  return {
    requestsPerSecond: Math.round(middle(samples.map(({ rate }) => rate))),
    p99Ms: middle(samples.map(({ p99Ms }) => p99Ms)),
  };
}
