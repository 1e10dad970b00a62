import { describe, expect, test } from "vitest";
import { rowsOf, whileTokenUsesAreAway } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "./authenticate";
import { tokenEvidence } from "./evidence";
import { listTokens } from "./list";
import { flushUses, recordUse } from "./record-use";
import { sweepRisks } from "./sweep-risks";

const DAY_MS = 86_400_000;
const ALL = { kind: "all", sort: "name", descending: false } as const;

async function idOf(name: string): Promise<number> {
  return Number((await rowsOf("tokens")).find((row) => row.name === name)?.id);
}

function use(tokenId: number, agoMs: number, address: string | null, userAgent = "curl/8") {
  recordUse({ tokenId, usedAtMs: Date.now() - agoMs, address, userAgent });
}

describe("the evidence of a token", () => {
  test("that nobody used says so", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    expect(await tokenEvidence(owner, name)).toMatchObject({
      status: "never used",
      firstUsedAt: null,
      lastUsedAt: null,
      addresses: [],
      userAgents: [],
      days: Array.from({ length: 30 }, () => 0),
    });
  });

  test("tells from where, by what and how often, to the moment on this process", async () => {
    const owner = await anOwner();
    const { name, bearer } = await aToken(owner);
    for (let time = 0; time < 3; time += 1) {
      await authenticate(bearer, { requestId: "r", address: "192.0.2.9", userAgent: "kubectl" });
    }
    await authenticate(bearer, { requestId: "r", address: "2001:DB8::0:1", userAgent: "curl" });
    const evidence = await tokenEvidence(owner, name);
    expect(evidence.status).toBe("in use");
    expect(evidence.addresses.map(({ value, uses }) => [value, uses]).toSorted()).toEqual([
      ["192.0.2.9", 3],
      ["2001:db8::1", 1],
    ]);
    expect(evidence.userAgents.map(({ value, uses }) => [value, uses]).toSorted()).toEqual([
      ["curl", 1],
      ["kubectl", 3],
    ]);
    expect(evidence.days.at(-1)).toBe(4);
    expect(evidence.networks).toBe(2);
    expect(Math.abs(Date.now() - Number(evidence.firstUsedAt))).toBeLessThan(10_000);
  });

  test("adds up over writes, and what could not be written is written later", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const id = await idOf(name);
    use(id, 0, "192.0.2.1");
    await flushUses();
    use(id, 0, "192.0.2.1");
    await whileTokenUsesAreAway(async () => {
      await expect(flushUses()).rejects.toMatchObject({ code: "queryFailed" });
    });
    use(id, 0, "192.0.2.1");
    await flushUses();
    const { addresses, days } = await tokenEvidence(owner, name);
    expect(addresses.map((seen) => seen.uses)).toEqual([3]);
    expect(days.at(-1)).toBe(3);
  });

  test("moves its days on, and forgets those of a month ago", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const id = await idOf(name);
    for (const daysAgo of [40, 20, 19, 3, 3, 0]) {
      use(id, daysAgo * DAY_MS, "192.0.2.1");
      await flushUses();
    }
    const { days } = await tokenEvidence(owner, name);
    const found = days.flatMap((uses, at) => (uses > 0 ? [[29 - at, uses]] : []));
    expect(found).toEqual([
      [20, 1],
      [19, 1],
      [3, 2],
      [0, 1],
    ]);
  });

  test("keeps the last 20 addresses and programs, and counts networks for the risk", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const id = await idOf(name);
    for (let at = 0; at < 50; at += 1) {
      use(id, (60 - at) * 60_000, `10.0.${at}.1`, `agent ${at}`);
      if (at % 7 === 0) await flushUses();
    }
    const { addresses, userAgents, networks, risk } = await tokenEvidence(owner, name);
    expect(addresses).toHaveLength(20);
    expect(userAgents).toHaveLength(20);
    expect(addresses[0]?.value).toBe("10.0.49.1");
    expect(networks).toBe(20);
    expect(risk.reasons).toEqual(["used from 20 networks"]);
    await sweepRisks();
    const { tokens } = await listTokens(owner, { ...ALL, sort: "risk" }, { size: 5 });
    expect(tokens[0]?.risk.score).toBe(11);
  });

  test("of a use without a real address is kept without one", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const id = await idOf(name);
    use(id, 0, "somewhere");
    use(id, 0, null);
    const { addresses, days } = await tokenEvidence(owner, name);
    expect(addresses).toEqual([]);
    expect(days.at(-1)).toBe(2);
  });

  test("is the owner's and an admin's; to others there is no such token", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    expect((await tokenEvidence(await anAdmin(), name)).status).toBe("never used");
    const [foreign, missing] = await Promise.all(
      [name, "token-none"].map(async (of) => refusalOf(tokenEvidence(await anOwner(), of))),
    );
    expect(foreign?.code).toBe("notFound");
    expect(foreign?.message).toBe(missing?.message.replace("token-none", name));
  });
});

test("a network finds every token that was used from it, whatever came later", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  const id = await idOf(name);
  use(id, 5_000, "198.51.100.7");
  use(id, 0, "192.0.2.1");
  await flushUses();
  for (const [address, found] of [
    ["198.51.100.7", 1],
    ["198.51.100.0/24", 1],
    ["198.51.100.8", 0],
    ["::/0", 0],
  ] as const) {
    const { tokens } = await listTokens(owner, { ...ALL, address }, { size: 5 });
    expect([address, tokens.length]).toEqual([address, found]);
  }
});
