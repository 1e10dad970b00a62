import { CustomObjectsApi, KubeConfig, makeInformer, Watch } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { followChanges } from "@/db/testing/worker-database";
import { aCaller, type Caller, TOKENS } from "../testing/client";
import { serveApi } from "../testing/serve";

const RESOURCE = { group: "ext.cattle.io", version: "v1", plural: "tokens" };
const BODY = { apiVersion: "ext.cattle.io/v1", kind: "Token" };

interface Token {
  apiVersion: string;
  kind: string;
  metadata: { name: string; resourceVersion: string };
  spec: { description?: string };
}

let server: Awaited<ReturnType<typeof serveApi>>;

beforeAll(async () => {
  await followChanges();
  server = await serveApi();
});

afterAll(() => server.close());

function configOf(caller: Caller): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    // There is no TLS on this socket, which the client does not take without this.
    { name: "latchkey", server: server.url, skipTLSVerify: true },
    { name: "caller", token: caller.bearer },
  );
  return config;
}

const apiOf = (caller: Caller) => configOf(caller).makeApiClient(CustomObjectsApi);
const create = (api: CustomObjectsApi, description = "") =>
  api.createClusterCustomObject({
    ...RESOURCE,
    body: { ...BODY, spec: { description } },
  }) as Promise<Token>;
const replace = (api: CustomObjectsApi, token: Token, description: string) =>
  api.replaceClusterCustomObject({
    ...RESOURCE,
    name: token.metadata.name,
    body: { ...token, spec: { ...token.spec, description } },
  }) as Promise<Token>;
const remove = (api: CustomObjectsApi, name: string) =>
  api.deleteClusterCustomObject({ ...RESOURCE, name });

test("the client's list in pages has every token once", async () => {
  const caller = await aCaller();
  const api = apiOf(caller);
  const made = [caller.name];
  for (let at = 0; at < 7; at += 1) made.push((await create(api)).metadata.name);
  const seen: string[] = [];
  let _continue: string | undefined;
  do {
    const page = await api.listClusterCustomObject({
      ...RESOURCE,
      limit: 3,
      ...(_continue ? { _continue } : {}),
    });
    seen.push(...page.items.map((item: Token) => item.metadata.name));
    _continue = page.metadata._continue ?? page.metadata.continue;
  } while (_continue);
  expect(seen).toEqual(made.sort());
});

test("a replace with a version that is no longer the stored one is 409", async () => {
  const api = apiOf(await aCaller());
  const first = await create(api);
  const second = await replace(api, first, "second");
  await expect(replace(api, first, "third")).rejects.toMatchObject({ code: 409 });
  expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(
    Number(first.metadata.resourceVersion),
  );
});

/** Follows a caller's tokens with the client's Watch, which is cut off now and then and resumed. */
function follow(caller: Caller, from: string, cutEvery: number) {
  const seen: { type: string; name: string; version: number }[] = [];
  let [version, isOver, reconnects] = [from, false, 0];
  let cut: AbortController | undefined;
  async function connect(): Promise<void> {
    let sinceConnect = 0;
    // biome-ignore lint/suspicious/noExplicitAny: the type of the client's callback
    const onEvent = (type: string, object: any) => {
      // What was on its way when the connection was cut is delivered again by the next one.
      if (cut?.signal.aborted) return;
      version = object.metadata.resourceVersion;
      if (type !== "BOOKMARK") {
        seen.push({ type, name: object.metadata.name, version: Number(version) });
        sinceConnect += 1;
      }
      if (sinceConnect === cutEvery) cut?.abort();
    };
    const onEnd = () => {
      if (isOver) return;
      reconnects += 1;
      connect();
    };
    const query = { resourceVersion: version, allowWatchBookmarks: true };
    cut = await new Watch(configOf(caller)).watch(TOKENS, query, onEvent, onEnd);
  }
  return {
    seen,
    start: connect,
    reconnects: () => reconnects,
    stop: () => {
      isOver = true;
      cut?.abort();
    },
  };
}

test("1,000 changes by four writers at once reach a watch that reconnects: none missed, none twice, in order", async () => {
  const caller = await aCaller();
  const { metadata } = await apiOf(caller).listClusterCustomObject(RESOURCE);
  const following = follow(caller, metadata.resourceVersion, 60);
  await following.start();

  const expected: string[] = [];
  async function write(): Promise<void> {
    const api = apiOf(caller);
    for (let round = 0; round < 50; round += 1) {
      let token = await create(api);
      expected.push(`ADDED ${token.metadata.name} ${token.metadata.resourceVersion}`);
      for (let change = 0; change < 3; change += 1) {
        token = await replace(api, token, `${round}/${change}`);
        expected.push(`MODIFIED ${token.metadata.name} ${token.metadata.resourceVersion}`);
      }
      await remove(api, token.metadata.name);
      expected.push(`DELETED ${token.metadata.name}`);
    }
  }
  await Promise.all([write(), write(), write(), write()]);
  await vi.waitUntil(() => following.seen.length >= 1_000, { timeout: 20_000 });
  following.stop();

  expect(expected).toHaveLength(1_000);
  const told = following.seen.map(({ type, name, version }) =>
    type === "DELETED" ? `${type} ${name}` : `${type} ${name} ${version}`,
  );
  expect(told.toSorted()).toEqual(expected.toSorted());
  const versions = following.seen.map((event) => event.version);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(new Set(versions).size).toBe(1_000);
  expect(following.reconnects()).toBeGreaterThan(10);
}, 120_000);

test("the client's informer has what a list has, after changes of every kind", async () => {
  const caller = await aCaller();
  const api = apiOf(caller);
  const list = () => api.listClusterCustomObject(RESOURCE);
  const informer = makeInformer<Token>(configOf(caller), TOKENS, list);
  await informer.start();
  const made = await Promise.all(Array.from({ length: 10 }, () => create(api)));
  for (const token of made.slice(0, 5)) await replace(api, token, "changed");
  for (const token of made.slice(3, 7)) await remove(api, token.metadata.name);
  const { items } = await list();
  const versionsOf = (tokens: readonly Token[]) =>
    tokens.map((token) => `${token.metadata.name} ${token.metadata.resourceVersion}`).sort();
  await vi.waitUntil(() => informer.list().length === 7, { timeout: 5_000 });
  expect(versionsOf(informer.list())).toEqual(versionsOf(items));
  await informer.stop();
});
