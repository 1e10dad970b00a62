import { request } from "node:http";
import { text } from "node:stream/consumers";
import { TOKENS } from "../tokens";

interface Holder {
  name: string;
  value: string;
  bearer: string;
}

interface Asked {
  method?: string;
  /** Names and values in turn, so that a name can stand twice. */
  headers?: string[];
  body?: string;
}

const REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
const JSON_TYPE = ["Content-Type", "application/json"];

/** Sends a request as it is; gives the status and the text of its answer. */
export function ask(url: string, { method = "GET", headers = [], body }: Asked = {}) {
  const length = body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))];
  const all = [...headers, ...length, "Host", new URL(url).host];
  return new Promise<{ status: number; text: string }>((resolve) => {
    const sent = request(url, { method, headers: all, agent: false }, async (answer) =>
      resolve({ status: answer.statusCode ?? 0, text: await text(answer) }),
    );
    // Hung up on, before all of a long body was sent.
    sent.on("error", () => resolve({ status: 0, text: "" }));
    sent.end(body);
  });
}

export function bearing(bearer: string): string[] {
  return ["Authorization", `Bearer ${bearer}`];
}

/** All that programs do with a token, and what other systems ask about it. */
export async function presentToken(url: string, token: Holder, admin: string): Promise<number[]> {
  const { name, value, bearer } = token;
  const own = bearing(bearer);
  const form = ["Content-Type", "application/x-www-form-urlencoded"];
  const patch = ["Content-Type", "application/merge-patch+json"];
  const review = JSON.stringify({ spec: { token: bearer } });
  const who = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const basic = Buffer.from(`ext/${name}:${value}`).toString("base64");
  const wanted: [string, Asked][] = [
    [TOKENS, { headers: own }],
    [`${TOKENS}/${name}`, { headers: own }],
    [`${TOKENS}/${name}`, { headers: ["Authorization", `Basic ${basic}`] }],
    [TOKENS, { headers: [...own, "Accept", "application/json;as=Table;g=meta.k8s.io;v=v1"] }],
    [`${TOKENS}?watch=true&timeoutSeconds=1&resourceVersion=0`, { headers: own }],
    [
      `${TOKENS}/${name}`,
      { method: "PATCH", headers: [...own, ...patch], body: '{"metadata":{"labels":{"a":"b"}}}' },
    ],
    ["/verify", { headers: own }],
    ["/oauth2/introspect", postOf(form, own, new URLSearchParams({ token: bearer }).toString())],
    [REVIEWS, postOf(JSON_TYPE, bearing(admin), review)],
    [
      "/apis/authentication.k8s.io/v1/selfsubjectreviews",
      postOf(JSON_TYPE, own, JSON.stringify(who)),
    ],
    ["/apis/inventory.latchkey/v1/tokens", { headers: own }],
    ["/apis/inventory.latchkey/v1/tokens?format=csv", { headers: bearing(admin) }],
    ["/apis/audit.latchkey/v1/events", { headers: bearing(admin) }],
    ["/apis/management.cattle.io/v3/users", { headers: bearing(admin) }],
    ["/metrics", { headers: bearing(admin) }],
    ["/openapi/v2", { headers: own }],
  ];
  return askAll(url, wanted);
}

/** What somebody does wrong with a token in the hand. */
export async function misuseToken(url: string, token: Holder): Promise<number[]> {
  const { name, value, bearer } = token;
  const own = bearing(bearer);
  const query = new URLSearchParams({ access_token: bearer });
  const create = (body: string, type = JSON_TYPE) => postOf(type, own, body);
  const wanted: [string, Asked][] = [
    [`${TOKENS}?${query}`, {}],
    [`/verify?${query}`, {}],
    [`/tokens?${query}`, {}],
    [`/sign-in?${new URLSearchParams({ callbackUrl: `/x?t=${value}` })}`, {}],
    [TOKENS, { headers: [...own, ...own] }],
    ["/verify", { headers: [...own, ...own] }],
    [TOKENS, { headers: bearing(`${bearer}x`) }],
    [TOKENS, { headers: ["Authorization", `Token ${bearer}`] }],
    [TOKENS, { headers: ["Authorization", bearer] }],
    [TOKENS, { headers: ["X-Api-Key", bearer, "Cookie", `token=${bearer}`] }],
    [`${TOKENS}/${name}:${value}`, { headers: own }],
    [`${TOKENS}/${encodeURIComponent(bearer)}`, { headers: own }],
    [`/tokens/${value}`, {}],
    [`/nothing/${value}`, {}],
    [`/apis/ext.cattle.io/v1/${value}`, { headers: own }],
    [`${TOKENS}?fieldSelector=${value}`, { headers: own }],
    [`${TOKENS}?continue=${value}`, { headers: own }],
    [`/apis/inventory.latchkey/v1/tokens?state=${value}`, { headers: own }],
    [`/apis/inventory.latchkey/v1/tokens?${value}=1`, { headers: own }],
    [TOKENS, create(`{"spec":{"description":"${value}`)],
    [TOKENS, create(`{"spec":{"ttl":"${value}"}}`)],
    [TOKENS, create(`{"kind":"${value}"}`)],
    [TOKENS, create(`{"spec":{"userID":"${value}"}}`)],
    [TOKENS, create(`{"metadata":{"labels":{"${value}!":"x"}}}`)],
    [`${TOKENS}?fieldValidation=Strict`, create(`{"spec":{"${value}":1}}`)],
    [`${TOKENS}?dryRun=All`, create(`{"spec":{"${value}":1}}`)],
    [TOKENS, create(`spec: [${value}`, ["Content-Type", "application/yaml"])],
    [TOKENS, create(value.repeat(12_000))],
    [TOKENS, create(value, ["Content-Type", `text/${value}`])],
    ["/oauth2/introspect", postOf(JSON_TYPE, own, JSON.stringify({ token: bearer }))],
    ["/v1-public/login", postOf(JSON_TYPE, [], JSON.stringify({ username: bearer }))],
  ];
  return askAll(url, wanted);
}

async function askAll(url: string, wanted: readonly [string, Asked][]): Promise<number[]> {
  const statuses: number[] = [];
  for (const [path, asked] of wanted) statuses.push((await ask(url + path, asked)).status);
  return statuses;
}

function postOf(type: string[], credential: string[], body: string): Asked {
  return { method: "POST", headers: [...type, ...credential], body };
}
