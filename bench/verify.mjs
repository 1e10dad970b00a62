import { parseArgs } from "node:util";
import { addTokens, environmentFor, fillTo, startDatabase, withTypo } from "./database.mjs";
import { startLatchkey } from "./latchkey.mjs";
import { compare, leaveFirstCore, pinnedNode, startServer } from "./pinned.mjs";
import { report } from "./report.mjs";

const REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
const MANY = 10_000;
const MOST = 1_000_000;
const STATISTICS_DELAY_MS = 11_000;

/** What a check costs against a bare node:http handler and against two other verifiers. */
export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "10" },
      seconds: { type: "string", default: "3" },
      most: { type: "string", default: String(MOST) },
    },
  });
  const effort = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  leaveFirstCore();
  const database = await startDatabase();
  try {
    const environment = environmentFor(database);
    // Its first start migrates.
    await (await startLatchkey("server", environment)).stop();
    const [verifier] = await addTokens(database, {
      user: "user-verifier",
      role: "verifier",
      count: 1,
    });
    const bearers = await addTokens(database, { user: "user-bench", count: MANY });
    const context = { database, environment, verifier, bearers, effort };
    await fillTo(database, MANY);
    const peers = await measureWarm(context);
    const few = { warm: await measureSize(context), cold: await measureCold(context) };
    await fillTo(database, Number(values.most));
    const most = { warm: await measureSize(context), cold: await measureCold(context) };
    show({ peers, few, most });
  } finally {
    await database.remove();
  }
}

async function measureWarm({ database, environment, verifier, bearers, effort }) {
  const servers = {
    latchkey: await startLatchkey("server", environment, pinnedNode()),
    echo: await startServer("echo"),
    betterAuth: await startServer("better-auth", environment),
    oidc: await startServer("oidc-provider"),
  };
  const { latchkey, echo, betterAuth, oidc } = servers;
  const [bearer] = bearers;
  const review = reviewOf(verifier, bearer);
  const verify = { headers: { authorization: `Bearer ${bearer}` } };
  const typo = { headers: { authorization: `Bearer ${withTypo(bearer)}` } };
  try {
    const scansBefore = await tokenScans(database);
    const refused = await compare(
      { typo: { ...typo, url: `${latchkey.url}/verify`, status: 401 } },
      { rounds: 1, seconds: effort.seconds },
    );
    const scans = (await tokenScans(database)) - scansBefore;
    const measured = await compare(
      {
        echoPost: { ...review, url: echo.url },
        tokenReview: { ...review, url: latchkey.url + REVIEWS, status: 201 },
        introspect: { ...formOf(verifier, bearer), url: `${latchkey.url}/oauth2/introspect` },
        echoGet: { ...verify, url: echo.url },
        verify: { ...verify, url: `${latchkey.url}/verify` },
        typo: { ...typo, url: `${latchkey.url}/verify`, status: 401 },
        betterAuth: jsonOf({ token: betterAuth.token }, { url: betterAuth.url }),
        oidc: {
          ...formOf("", oidc.token),
          headers: { ...FORM, authorization: oidc.authorization },
          url: `${oidc.url}/token/introspection`,
        },
      },
      effort,
    );
    return { ...measured, refused: refused.typo, scans };
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
}

// Each connection presents tokens of its own, one after the other.
async function measureSize({ environment, bearers, effort }) {
  const latchkey = await startLatchkey("server", environment, pinnedNode());
  try {
    const verify = { url: `${latchkey.url}/verify`, requests: bearers.map(toVerify) };
    return await compare({ verify }, effort);
  } finally {
    await latchkey.stop();
  }
}

async function measureCold({ environment, bearers, effort }) {
  const cold = { ...environment, LATCHKEY_BENCH_COLD: "1" };
  const latchkey = await startLatchkey("server", cold, pinnedNode());
  const floor = await startServer("point-query", environment);
  const requests = bearers.map(toVerify);
  try {
    const cases = {
      query: { url: floor.url, requests },
      verify: { url: `${latchkey.url}/verify`, requests },
    };
    return await compare(cases, effort);
  } finally {
    await latchkey.stop();
    await floor.stop();
  }
}

/** How often the table of tokens was read, when everybody has reported that. */
async function tokenScans({ client }) {
  await new Promise((resolve) => setTimeout(resolve, STATISTICS_DELAY_MS));
  const { rows } = await client.query(
    "select (seq_scan + coalesce(idx_scan, 0))::int as scans from pg_stat_user_tables where relname = 'tokens'",
  );
  return rows[0].scans;
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

function toVerify(bearer) {
  return { path: "/verify", headers: { authorization: `Bearer ${bearer}` } };
}

function reviewOf(verifier, token) {
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } };
  return jsonOf(body, { authorization: `Bearer ${verifier}` });
}

function jsonOf(body, { url, ...headers }) {
  return {
    ...(url ? { url } : {}),
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

function formOf(verifier, token) {
  const headers = { ...FORM, authorization: `Bearer ${verifier}` };
  return { method: "POST", headers, body: new URLSearchParams({ token }).toString() };
}

function show({ peers: warm, few, most }) {
  const ratio = (one, other) =>
    Math.round((one.requestsPerSecond / other.requestsPerSecond) * 100) / 100;
  const ratios = {
    tokenReview: ratio(warm.tokenReview, warm.echoPost),
    verify: ratio(warm.verify, warm.echoGet),
    typo: ratio(warm.typo, warm.echoGet),
    betterAuth: ratio(warm.tokenReview, warm.betterAuth),
    oidc: ratio(warm.tokenReview, warm.oidc),
    introspect: ratio(warm.introspect, warm.oidc),
    cold: ratio(few.cold.verify, few.cold.query),
    mostCold: ratio(most.cold.verify, most.cold.query),
    sizeWarm: ratio(most.warm.verify, few.warm.verify),
    sizeCold: ratio(most.cold.verify, few.cold.verify),
  };
  const rows = [
    ["TokenReview, remembered, to a JSON echo", `${ratios.tokenReview} ×`, "≥ 0.60 ×"],
    ["– to better-auth's `verifyApiKey`", `${ratios.betterAuth} ×`, "≥ 10 ×"],
    ["– to oidc-provider's introspection", `${ratios.oidc} ×`, "≥ 3 ×"],
    ["introspection to oidc-provider's", `${ratios.introspect} ×`, ""],
    ["`GET /verify`, remembered, to a JSON echo", `${ratios.verify} ×`, "≥ 0.70 ×"],
    ["a wrong checksum, to a JSON echo", `${ratios.typo} ×`, "≥ 0.70 ×"],
    ["– reads of the tokens by all of them", `${warm.scans}`, "0"],
    ["nothing remembered, to one query by index", `${ratios.cold} ×`, "≥ 0.75 ×"],
    ["– with a million tokens stored", `${ratios.mostCold} ×`, "≥ 0.75 ×"],
    ["a million stored to 10,000, remembered", `${ratios.sizeWarm} ×`, "≥ 0.90 ×"],
    ["– nothing remembered", `${ratios.sizeCold} ×`, "≥ 0.90 ×"],
  ];
  const rates = [
    ["TokenReview", warm.tokenReview],
    ["`GET /verify`", warm.verify],
    ["introspection", warm.introspect],
    ["a wrong checksum", warm.typo],
    ["JSON echo, `POST`", warm.echoPost],
    ["JSON echo, `GET`", warm.echoGet],
    ["better-auth", warm.betterAuth],
    ["oidc-provider", warm.oidc],
    ["`GET /verify`, nothing remembered", few.cold.verify],
    ["one query by index", few.cold.query],
    ["`GET /verify`, remembered, 10,000 stored", few.warm.verify],
    ["– 1,000,000 stored", most.warm.verify],
    ["`GET /verify`, nothing remembered, 1,000,000 stored", most.cold.verify],
    ["one query by index, 1,000,000 stored", most.cold.query],
  ].map(([what, { requestsPerSecond, p99Ms }]) => [what, requestsPerSecond, `${p99Ms} ms`]);
  report("verify", { ratios, peers: warm, few, most }, [
    { header: ["what", "measured", "goal"], rows },
    { header: ["case", "answers per second, median", "p99"], rows: rates },
  ]);
}
