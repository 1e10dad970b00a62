import { expect, test, vi } from "vitest";
import type { UserActor } from "../actor";
import { anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { changeRole, disableUser, hearOfChanges } from "../testing/situations";
import { deleteToken } from "./delete";
import { listCollection } from "./list-collection";
import type { Token } from "./token";
import { updateToken } from "./update";
import { type Watch, watchTokens } from "./watch";

/** An owner whose actor's token works, as it must for as long as a list takes. */
async function aReader(input: Record<string, unknown> = {}): Promise<UserActor> {
  const actor = await anOwner();
  return { ...actor, tokenName: (await aToken(actor, input)).name };
}

async function partsOf(actor: UserActor, limit = 0): Promise<Token[][]> {
  const all: Token[][] = [];
  for await (const part of (await listCollection(actor, { selection: [], limit })).parts) {
    all.push(part);
  }
  return all;
}

test("a part of a list has at most about half a megabyte, and small tokens make it longer", async () => {
  const annotations = { note: "x".repeat(200_000) };
  const [small, large] = [await aReader(), await aReader({ annotations })];
  for (let at = 1; at < 60; at += 1) await aToken(small);
  for (let at = 1; at < 20; at += 1) await aToken(large, { annotations });
  const sizes = async (actor: UserActor) => (await partsOf(actor)).map((part) => part.length);
  expect(await sizes(small)).toEqual([5, 20, 35]);
  const [first = 0, ...rest] = await sizes(large);
  expect(first).toBe(5);
  expect(Math.max(...rest)).toBeLessThanOrEqual(3);
  expect(rest.reduce((sum, size) => sum + size, first)).toBe(20);
});

test("a limit counts over the parts", async () => {
  const actor = await aReader();
  for (let at = 1; at < 40; at += 1) await aToken(actor);
  for (const limit of [1, 5, 6, 26, 39, 40, 41]) {
    expect((await partsOf(actor, limit)).flat()).toHaveLength(Math.min(limit, 40));
  }
});

test("a list that is taken slowly ends with the right to it", async () => {
  const endings: ((actor: UserActor) => Promise<unknown>)[] = [
    disableUser,
    (actor) => deleteToken(actor, actor.tokenName),
    (actor) => changeRole(actor, "verifier"),
  ];
  for (const ending of endings) {
    const actor = await aReader();
    for (let at = 0; at < 40; at += 1) await aToken(actor);
    const { parts } = await listCollection(actor, { selection: [], limit: 0 });
    await parts.next();
    await parts.next();
    await ending(actor);
    expect((await refusalOf(parts.next())).code).toBe("unauthenticated");
  }
});

/** The versions by name of a list in pages, and the version from which to watch. */
async function listInPages(
  actor: UserActor,
): Promise<{ state: Map<string, string>; from: number }> {
  const state = new Map<string, string>();
  const versions = new Set<string>();
  let after: string | undefined;
  do {
    const page = await listCollection(actor, { selection: [], limit: 3, after });
    for await (const part of page.parts) {
      for (const token of part) state.set(token.name, token.resourceVersion);
    }
    versions.add(page.resourceVersion);
    after = page.next() ?? undefined;
  } while (after);
  expect(versions.size).toBe(1);
  return { state, from: Number([...versions][0]) };
}

/** Applies what a watch tells within half a second to a state. */
async function replay({ parts, close }: Watch, state: Map<string, string>): Promise<void> {
  setTimeout(close, 500);
  for await (const events of parts) {
    for (const event of events) {
      if (!("token" in event)) throw new Error(`unexpected ${event.type}`);
      const { name, resourceVersion } = event.token;
      if (event.type === "DELETED") state.delete(name);
      else state.set(name, resourceVersion);
    }
  }
}

test("a list in pages and a watch from its version miss nothing that four writers change meanwhile", async () => {
  await hearOfChanges();
  const owner = await anOwner();
  const watcher = { ...owner, tokenName: (await aToken(owner)).name };
  let [isOver, changes] = [false, 0];
  async function write(): Promise<void> {
    const own: string[] = [];
    while (!isOver) {
      own.push((await aToken(owner)).name);
      const [name = ""] = own;
      await updateToken(owner, name, { description: String(changes) });
      if (own.length > 6) await deleteToken(owner, own.shift() ?? "");
      changes += 1;
    }
  }
  const writing = [write(), write(), write(), write()];
  const followed = [];
  for (let round = 0; round < 8; round += 1) {
    await vi.waitUntil(() => changes >= round * 8, { timeout: 10_000, interval: 1 });
    const { state, from } = await listInPages(watcher);
    const watch = await watchTokens(watcher, {
      selection: [],
      after: from,
      withState: false,
      tellsInitialEnd: false,
      hasBookmarks: false,
      bookmarkEveryMs: 60_000,
      timeoutMs: 20_000,
    });
    followed.push({ state, watch });
  }
  isOver = true;
  await Promise.all(writing);
  expect(changes).toBeGreaterThan(40);
  const present = await listInPages(watcher);
  for (const { state, watch } of followed) {
    await replay(watch, state);
    expect([...state].sort()).toEqual([...present.state].sort());
  }
});
