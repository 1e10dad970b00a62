import autocannon from "autocannon";
import { median } from "./report.mjs";

/** A dynamic Next page with nothing in it, under the same root layout; in builds for benchmarks. */
export const EMPTY_PAGE = "/bench-floor";

const ROUNDS = 12;
const ROUND_REQUESTS = 150;
const WARM_UP_REQUESTS = 300;

/**
 * What a page costs against the empty one. One connection and rounds by turns: whatever else the
 * machine does hits both alike.
 */
export async function measureServerTime(url, cookie, path) {
  const paths = { empty: EMPTY_PAGE, page: path };
  const latencies = { empty: [], page: [] };
  for (const each of Object.values(paths)) await load(url + each, cookie, WARM_UP_REQUESTS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [which, each] of Object.entries(paths)) {
      latencies[which].push(...(await load(url + each, cookie, ROUND_REQUESTS)));
    }
  }
  const [empty, page] = [summary(latencies.empty), summary(latencies.page)];
  return { ratio: rounded(page.medianMs / empty.medianMs), empty, page };
}

async function load(url, cookie, amount) {
  const latencies = [];
  const instance = autocannon({ url, connections: 1, amount, headers: { cookie } });
  instance.on("response", (_client, status, _bytes, latencyMs) => {
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    latencies.push(latencyMs);
  });
  await instance;
  return latencies;
}

function summary(latenciesMs) {
  const sorted = latenciesMs.toSorted((left, right) => left - right);
  return {
    medianMs: rounded(median(sorted)),
    p99Ms: rounded(sorted[Math.floor(sorted.length * 0.99)]),
    requests: sorted.length,
  };
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}
