import { randomInt, randomUUID } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { hash } from "@node-rs/argon2";
import { addTokens, environmentFor, startDatabase } from "./database.mjs";
import { startLatchkey } from "./latchkey.mjs";
import { median, report } from "./report.mjs";

const GUESSES_PER_SECOND = 50;
const SIGN_INS_PER_SECOND = 4;
const PEOPLE = 40;
const CHECK_CONNECTIONS = 8;
const TIMED_SIGN_INS = 500;
const ARGON2 = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };
const PASSWORD = "correct horse battery";
// Another address of this machine: without a proxy it is what the attacker is known by.
const ATTACKER = "127.0.0.66";
const PROXY = { TRUST_PROXY: "1" };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

// How many guesses may be judged is the policy of domain/users/throttle.ts: five at one account by
// one place, twenty by all places together, in a quarter of an hour.
const ATTACKS = {
  one: { name: "from one address", judgedMax: 5 },
  pretended: {
    name: "pretending many addresses, without TRUST_PROXY",
    judgedMax: 5,
    isSpread: true,
  },
  spread: { name: "from many addresses, with TRUST_PROXY=1", judgedMax: 20, isSpread: true },
};

/** What guessing at one account costs everybody else, and whether it tells which accounts there are. */
export async function run(args) {
  const { values } = parseArgs({ args, options: { seconds: { type: "string", default: "60" } } });
  const seconds = Number(values.seconds);
  const database = await startDatabase();
  const environment = environmentFor(database);
  try {
    await (await startLatchkey("server", environment)).stop();
    const people = await addPeople(database);
    const [admin] = await addTokens(database, { user: "user-admin", role: "admin", count: 1 });
    const context = { database, environment, people, admin, seconds };
    const attacks = {};
    for (const [key, attack] of Object.entries(ATTACKS)) {
      attacks[key] = await measureAttack(context, key, attack);
    }
    show({ seconds, attacks, timing: await measureTiming(context) });
  } finally {
    agent.destroy();
    await database.remove();
  }
}

// The same for as long without the attack and with it, in one process.
async function measureAttack({ database, environment, people, admin, seconds }, key, attack) {
  await database.client.query("delete from sign_in_failures");
  const latchkey = await startLatchkey("server", {
    ...environment,
    ...(key === "spread" ? PROXY : {}),
  });
  const context = { url: ownAddress(latchkey), people, admin };
  try {
    for (const username of people) await signInAs(context, username);
    const before = await measurePeople(context, seconds);
    const hashesBefore = await readHashes(context);
    const guessing = startGuessing(context, { ...attack, seconds });
    const during = await measurePeople(context, seconds);
    const guesses = await guessing;
    // At most: a sign-in of others that failed may have reached the hash or not.
    const judged = (await readHashes(context)) - hashesBefore - (during.signIns.told[201] ?? 0);
    return { guesses, judged, before, during };
  } finally {
    await latchkey.stop();
  }
}

// Sign-ins of other people first, then as many checks as can be had.
async function measurePeople(context, seconds) {
  const checksMs = Math.round(seconds * 200);
  const latencies = [];
  const told = {};
  await paced(SIGN_INS_PER_SECOND, seconds * 1_000 - checksMs, async (at, startedAt) => {
    const status = await signInAs(context, context.people[at % context.people.length]);
    latencies.push(performance.now() - startedAt);
    told[status] = (told[status] ?? 0) + 1;
  });
  return {
    signIns: { ...summary(latencies), told },
    checksPerSecond: await countChecks(context, checksMs),
  };
}

function startGuessing(context, { isSpread = false, seconds }) {
  const statuses = {};
  return paced(GUESSES_PER_SECOND, seconds * 1_000, async () => {
    const { status } = await post(context.url, {
      username: "victim",
      password: randomUUID(),
      from: isSpread ? anyAddress() : undefined,
      localAddress: ATTACKER,
    });
    statuses[status] = (statuses[status] ?? 0) + 1;
  }).then(() => statuses);
}

/** Starts work at a fixed rate, whether or not what was started before has ended. */
async function paced(perSecond, durationMs, work) {
  const beganAt = performance.now();
  const started = [];
  for (let at = 0; (at * 1_000) / perSecond < durationMs; at += 1) {
    const startsAt = beganAt + (at * 1_000) / perSecond;
    await sleep(Math.max(startsAt - performance.now(), 0));
    started.push(work(at, startsAt));
  }
  await Promise.all(started);
}

async function countChecks({ url, admin }, durationMs) {
  const endsAt = performance.now() + durationMs;
  let count = 0;
  const connection = async () => {
    while (performance.now() < endsAt) {
      const headers = { authorization: `Bearer ${admin}` };
      const { status } = await send(`${url}/verify`, { headers });
      if (status !== 200) throw new Error(`a check was answered ${status}`);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: CHECK_CONNECTIONS }, connection));
  return Math.round((count * 1_000) / durationMs);
}

// Names that are somebody's and as many that are nobody's, in an order of chance, one at a time.
async function measureTiming({ database, environment, people }) {
  await database.client.query("delete from sign_in_failures");
  const latchkey = await startLatchkey("server", { ...environment, ...PROXY });
  const url = ownAddress(latchkey);
  const latencies = { known: [], unknown: [] };
  const names = { known: people, unknown: people.map(() => randomUUID()) };
  try {
    for (let at = -20; at < TIMED_SIGN_INS; at += 1) {
      const kind = randomInt(2) ? "known" : "unknown";
      const username = names[kind][randomInt(people.length)];
      const startedAt = performance.now();
      const guess = { username, password: "not the password", from: anyAddress() };
      const { status } = await post(url, guess);
      if (status !== 401) throw new Error(`a guess was answered ${status}`);
      if (at >= 0) latencies[kind].push(performance.now() - startedAt);
    }
  } finally {
    await latchkey.stop();
  }
  return { known: summary(latencies.known), unknown: summary(latencies.unknown) };
}

async function addPeople({ client }) {
  const passwordHash = await hash(PASSWORD, ARGON2);
  const names = Array.from({ length: PEOPLE }, (_, at) => `person-${at}`);
  await client.query(
    `insert into users (id, username, role, password_hash)
     select 'user-' || name, name, 'user', $2 from unnest($1::text[]) as name`,
    [[...names, "victim"], passwordHash],
  );
  return names;
}

async function signInAs({ url }, username) {
  const { status } = await post(url, { username, password: PASSWORD, from: "192.0.2.1" });
  return status;
}

function post(url, { username, password, from, localAddress }) {
  return send(`${url}/v1-public/login`, {
    method: "POST",
    localAddress,
    headers: {
      "content-type": "application/json",
      ...(from ? { "x-forwarded-for": from } : {}),
    },
    body: JSON.stringify({ username, password }),
  });
}

function send(url, { body, ...options }) {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { ...options, agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function readHashes({ url, admin }) {
  const headers = { authorization: `Bearer ${admin}` };
  const { text } = await send(`${url}/metrics`, { headers });
  return Number(/^latchkey_password_hashes_total\{purpose="checked"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

function anyAddress() {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

function ownAddress({ url }) {
  return url.replace("localhost", "127.0.0.1");
}

function summary(latencies) {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share) =>
    rounded(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]);
  return { count: sorted.length, medianMs: rounded(median(sorted)), p99Ms: at(0.99) };
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}

function show({ seconds, attacks, timing }) {
  const rows = Object.entries(attacks).flatMap(([key, { guesses, judged, before, during }]) => {
    const { name, judgedMax } = ATTACKS[key];
    const sent = Object.values(guesses).reduce((sum, count) => sum + count, 0);
    const p99 = rounded(during.signIns.p99Ms / before.signIns.p99Ms);
    const checks = rounded(during.checksPerSecond / before.checksPerSecond);
    return [
      [`${sent} guesses ${name}: judged`, judged, `≤ ${judgedMax}`],
      [
        "– sign-ins of others, p99 to before",
        `${p99} × (${during.signIns.p99Ms} ms to ${before.signIns.p99Ms} ms)`,
        "≤ 2 ×",
      ],
      [
        "– sign-ins of others that were refused",
        during.signIns.count - (during.signIns.told[201] ?? 0),
        "0",
      ],
      ["– checks per second to before", `${checks} ×`, ""],
    ];
  });
  const ratio = rounded(timing.unknown.medianMs / timing.known.medianMs);
  rows.push([
    "a wrong password at a name that is nobody's, median to somebody's",
    `${ratio} × (${timing.unknown.medianMs} ms to ${timing.known.medianMs} ms)`,
    "0.95 to 1.05 ×",
  ]);
  report("sign-in", { seconds, attacks, timing }, [{ header: ["what", "measured", "goal"], rows }]);
}
