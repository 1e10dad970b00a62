import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../actor";
import { aFleet, allOf, FLEET, namesOf } from "../testing/fleet";
import { anOwner, aToken } from "../testing/owners";
import type { TokenFilter } from "./filter";
import { listTokens } from "./list";

const ALL = { kind: "all", sort: "name", descending: false } as const;

let owner: UserActor;
let other: UserActor;
let admin: UserActor;

beforeAll(async () => {
  ({ owner, other, admin } = await aFleet());
});

describe("who sees what", () => {
  test("an owner sees only own tokens, an admin all of them", async () => {
    const [own, everybodys] = [await allOf(owner, ALL), await allOf(admin, FLEET)];
    expect(own).toHaveLength(36);
    expect(new Set(own.map((token) => token.ownerName))).toEqual(new Set([owner.username]));
    expect(everybodys).toHaveLength(48);
  });

  test("no filter shows an owner somebody else's token", async () => {
    const filters: Partial<TokenFilter>[] = [
      { owner: other.username },
      { search: "deploy" },
      { state: "active" },
      { expiry: "30d" },
      { lastUse: "never" },
      { kind: "ci" },
    ];
    for (const filter of filters) {
      const seen = await allOf(owner, { ...ALL, ...filter });
      expect(seen.every((token) => token.ownerName === owner.username)).toBe(true);
    }
    expect(await allOf(owner, { ...ALL, owner: other.username })).toEqual([]);
  });

  test("a verifier sees only own tokens", async () => {
    expect(await allOf(await anOwner({ role: "verifier" }), ALL)).toEqual([]);
  });

  test("an admin may look at own tokens only", async () => {
    const { name } = await aToken(admin);
    const page = await listTokens(admin, ALL, { size: 100, ownOnly: true });
    expect(namesOf(page.tokens)).toEqual([name]);
  });

  test("the token of the request is the current one", async () => {
    const [first] = await allOf(owner, ALL);
    const actor = { ...owner, tokenName: first?.name ?? "" };
    const current = (await allOf(actor, ALL)).filter((token) => token.current);
    expect(namesOf(current)).toEqual([first?.name]);
  });
});

describe("a page", () => {
  test("stays where it is when tokens are made before it and deleted around it", async () => {
    const mine = await anOwner();
    const filter: TokenFilter = { kind: "all", sort: "created", descending: true };
    for (let at = 0; at < 6; at += 1) await aToken(mine);
    const first = await listTokens(mine, filter, { size: 3 });
    const rest = namesOf(await allOf(mine, filter)).slice(3);
    await aToken(mine);
    const second = await listTokens(mine, { ...filter, after: first.next ?? "" }, { size: 3 });
    expect(namesOf(second.tokens)).toEqual(rest);
  });

  test("after the last token is empty and has no next one", async () => {
    const mine = await anOwner();
    await aToken(mine);
    await aToken(mine);
    const first = await listTokens(mine, ALL, { size: 1 });
    const last = await listTokens(mine, { ...ALL, after: first.next ?? "" }, { size: 1 });
    expect(last.next).toBeNull();
    expect((await listTokens(mine, ALL, { size: 2 })).next).toBeNull();
  });

  test("has between 1 and 1,000 tokens, whatever is asked for", async () => {
    for (const size of [0, -5, 1]) {
      expect((await listTokens(owner, ALL, { size })).tokens).toHaveLength(1);
    }
    expect((await listTokens(owner, ALL, { size: 1e9 })).tokens).toHaveLength(36);
  });
});
