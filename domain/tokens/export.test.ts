import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../actor";
import { listAuditEvents } from "../audit/list";
import type { ExportFormat } from "../exports/file";
import { allOf } from "../testing/fleet";
import { evaluate, type Known, randomFilter } from "../testing/naive-list";
import { anOwner, aToken } from "../testing/owners";
import { aRandomInventory } from "../testing/random-inventory";
import { exportTokens } from "./export";
import { parseTokenFilter, type TokenFilter } from "./filter";

let everything: Known[];
let admin: UserActor;
let people: UserActor[];

beforeAll(async () => {
  admin = await anOwner({ role: "admin", username: "export-admin" });
  ({ people, tokens: everything } = await aRandomInventory());
});

async function textOf(
  actor: UserActor,
  filter: TokenFilter,
  format: ExportFormat,
  ownOnly = false,
) {
  const { chunks } = await exportTokens(actor, filter, format, { ownOnly });
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

async function linesOf(actor: UserActor, filter: TokenFilter, ownOnly = false) {
  const text = await textOf(actor, filter, "jsonl", ownOnly);
  const [head, ...tokens] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { head, tokens };
}

const csvOf = async (actor: UserActor, filter: TokenFilter): Promise<string[][]> =>
  parse(await textOf(actor, filter, "csv"), {
    record_delimiter: "\r\n",
    relax_column_count: true,
    bom: true,
  });

const whoever = fc.nat().map((at) => (at % 3 === 0 ? people[at % people.length] : admin) ?? admin);
const PLAIN = parseTokenFilter({});

describe("an export", () => {
  test("for any filter has the tokens of the list, each once, in both formats", async () => {
    await fc.assert(
      fc.asyncProperty(whoever, randomFilter, async (actor, filter) => {
        const isVisible = (token: Known) =>
          actor.role === "admin" || token.ownerId === actor.userId;
        const expected = evaluate(everything.filter(isVisible), filter).map(({ name }) => name);
        const { tokens } = await linesOf(actor, filter);
        expect(tokens.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
        const [, , ...rows] = await csvOf(actor, filter);
        expect(rows.map(([name]) => name)).toEqual(tokens.map(({ name }) => name));
      }),
      { numRuns: 60 },
    );
  });

  test("says of each token what the list says", async () => {
    const listed = await allOf(admin, parseTokenFilter({ kind: "all" }));
    const { tokens } = await linesOf(admin, parseTokenFilter({ kind: "all" }));
    const byName = new Map(tokens.map((token) => [token.name, token]));
    for (const token of listed) {
      expect(byName.get(token.name)).toMatchObject({
        owner: token.ownerName,
        ownerRole: token.ownerRole,
        ownerState: token.ownerEnabled ? "enabled" : "disabled",
        description: token.description,
        kind: token.kind,
        createdAt: token.createdAt.toISOString(),
        expiresAt: token.expiresAt?.toISOString() ?? null,
        ttlMs: token.ttlMs,
        lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
        lastUsedAddress: token.lastUsedAddress,
        networks: token.networks,
        risk: token.risk.score,
        riskReasons: token.risk.reasons,
        enabled: token.enabled,
      });
    }
  });

  test("never leaves a person's own tokens, nor an administrator's where only they are asked for", async () => {
    const person = people[0] ?? admin;
    for (const filter of [PLAIN, parseTokenFilter({ owner: "=Bob", kind: "all" })]) {
      for (const { owner } of (await linesOf(person, filter)).tokens) expect(owner).toBe("Ada");
    }
    const own = await aToken(admin);
    const { head, tokens } = await linesOf(admin, PLAIN, true);
    expect(tokens.map(({ name }) => name)).toEqual([own.name]);
    expect(head).toMatchObject({ whose: "own" });
  });

  test("has the filter and the time on top, and no order that the file does not have", async () => {
    const filter = parseTokenFilter({ state: "active", owner: "=Ada", sort: "name", before: "x" });
    const { head } = await linesOf(admin, filter);
    expect(head).toEqual({
      kind: "TokenExport",
      exportedAt: expect.stringMatching(/^2.*Z$/),
      whose: "everybody's",
      exportedBy: "export-admin",
      filter: { owner: "=Ada", state: "active" },
    });
    const [[about] = [], header] = await csvOf(admin, filter);
    expect(about).toMatch(/^Tokens of Latchkey, .*exported at 2.*Z, filter: \?owner=%3DAda&state=/);
    expect(header?.slice(0, 3)).toEqual(["name", "owner", "ownerRole"]);
  });

  test("holds no formula, no secret and no hash", async () => {
    const { secret } = await aToken(admin, { description: '=HYPERLINK("x"),\r\n+1' });
    const text = await textOf(admin, PLAIN, "csv");
    expect(text).toContain(`"'=HYPERLINK(""x""),`);
    for (const cell of (await csvOf(admin, PLAIN)).flat()) {
      expect(cell).toMatch(/^($|-1$|[^=+\-@\t\r\n])/);
    }
    for (const format of ["csv", "jsonl"] as const) {
      const file = await textOf(admin, PLAIN, format);
      expect(file).not.toContain(secret.value);
      expect(file).not.toContain("sha256");
      expect(file).not.toContain("nobody's");
    }
  });

  test("is one event, with the filter and the format", async () => {
    await linesOf(admin, parseTokenFilter({ used: "never" }));
    const { events } = await listAuditEvents(admin, { action: "token.export" }, { size: 1 });
    expect(events[0]).toMatchObject({
      actorName: "export-admin",
      objectKind: "inventory",
      ownerId: null,
      after: { format: "jsonl", whose: "everybody's", filter: { used: "never" } },
    });
    const person = people[0] ?? admin;
    await linesOf(person, PLAIN);
    const own = await listAuditEvents(admin, { action: "token.export" }, { size: 1 });
    expect(own.events[0]).toMatchObject({ ownerId: person.userId, after: { whose: "own" } });
  });
});
