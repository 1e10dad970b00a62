import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../actor";
import { aFleet, allOf, FLEET, namesOf } from "../testing/fleet";
import type { TokenFilter } from "./filter";
import { tokenState } from "./lifecycle";
import { spanMs } from "./time-window";
import type { TokenSummary } from "./token";

const DAY_MS = 86_400_000;

let owner: UserActor;
let other: UserActor;
let admin: UserActor;
let everybodys: TokenSummary[];

beforeAll(async () => {
  ({ owner, other, admin, tokens: everybodys } = await aFleet());
});

describe("a filter", () => {
  const selected = (filter: Partial<TokenFilter>) => allOf(admin, { ...FLEET, ...filter });
  const expected = (matches: (token: TokenSummary) => boolean) =>
    namesOf(everybodys.filter((token) => matches(token)));

  test.each(["active", "expires-soon", "expired", "disabled"] as const)(
    "for %s selects the tokens in that state",
    async (state) => {
      const tokens = await selected({ state });
      expect(namesOf(tokens)).toEqual(expected((token) => tokenState(token, new Date()) === state));
      expect(tokens.length).toBeGreaterThan(0);
    },
  );

  test.each(["1d", "7d", "30d"] as const)(
    "for an end within %s leaves out the rest",
    async (expiry) => {
      const withinMs = spanMs(expiry) ?? 0;
      const now = Date.now();
      const tokens = await selected({ expiry });
      expect(tokens.length).toBeGreaterThan(0);
      expect(namesOf(tokens)).toEqual(
        expected(({ expiresAt }) => {
          const at = expiresAt?.getTime() ?? 0;
          return at >= now && at <= now + withinMs;
        }),
      );
    },
  );

  test.each([
    ["1d", (agoMs: number | null) => agoMs !== null && agoMs <= DAY_MS],
    ["7d", (agoMs: number | null) => agoMs !== null && agoMs <= 7 * DAY_MS],
    ["30d", (agoMs: number | null) => agoMs !== null && agoMs <= 30 * DAY_MS],
    ["not-5d", (agoMs: number | null) => agoMs === null || agoMs > 5 * DAY_MS, 5 * DAY_MS],
    ["not-30d", (agoMs: number | null) => agoMs === null || agoMs > 30 * DAY_MS, 30 * DAY_MS],
    ["not-90d", (agoMs: number | null) => agoMs === null || agoMs > 90 * DAY_MS, 90 * DAY_MS],
    ["never", (agoMs: number | null) => agoMs === null],
  ] as const)("for a last use of %s is right", async (lastUse, matches, olderThanMs = 0) => {
    const tokens = await selected({ lastUse });
    expect(tokens.length).toBeGreaterThan(0);
    expect(namesOf(tokens)).toEqual(
      expected(
        ({ lastUsedAt, createdAt }) =>
          matches(lastUsedAt === null ? null : Date.now() - lastUsedAt.getTime()) &&
          Date.now() - createdAt.getTime() >= olderThanMs,
      ),
    );
  });

  test.each([
    ["ci", (kind: string) => kind === "ci"],
    ["session", (kind: string) => kind === "session"],
    ["nobody's", () => false],
  ])("for the kind %s selects exactly that", async (kind, matches) => {
    expect(namesOf(await selected({ kind }))).toEqual(expected((token) => matches(token.kind)));
  });

  test("for no kind leaves out the sign-ins", async () => {
    const { kind: _, ...filter } = FLEET;
    const tokens = await allOf(admin, filter);
    expect(namesOf(tokens)).toEqual(expected((token) => token.kind !== "session"));
  });

  test("for an owner goes by the beginning of the name, in any case", async () => {
    for (const [prefix, whose] of [
      ["FLEET-a", owner],
      ["fleet-bob", other],
    ] as const) {
      expect(namesOf(await selected({ owner: prefix }))).toEqual(
        expected((token) => token.ownerName === whose.username),
      );
    }
    expect(await selected({ owner: "fleet-bobb" })).toEqual([]);
  });

  test.each(["deploy", "DEPLOY", "Über", "100%_\\", "100%", "emoji", "😀 e", "ΟΔΟΣ", "loy"])(
    "for %j finds what has it in its description, in any case",
    async (search) => {
      const lower = (text: string) => text.toLowerCase().replaceAll("ς", "σ");
      const tokens = await selected({ search });
      expect(tokens.length).toBeGreaterThan(0);
      expect(namesOf(tokens)).toEqual(
        expected((token) => lower(token.description).includes(lower(search))),
      );
    },
  );

  test("for one or two characters finds descriptions that begin with them", async () => {
    for (const search of ["de", "Z", "😀", "Ü", "%"]) {
      expect(namesOf(await selected({ search }))).toEqual(
        expected(({ description }) => description.toLowerCase().startsWith(search.toLowerCase())),
      );
    }
  });

  test("for a part of a name finds that token", async () => {
    const name = everybodys[0]?.name ?? "";
    expect(namesOf(await selected({ search: name }))).toEqual([name]);
    expect(namesOf(await selected({ search: name.slice(6) }))).toEqual([name]);
  });

  test("for a search is text and never a pattern", async () => {
    for (const search of ["%%%", "___", "d_ploy", "' or true --", "\\\\\\"]) {
      expect(await selected({ search })).toEqual([]);
    }
  });

  test("that is combined selects what every part selects", async () => {
    const filter: Partial<TokenFilter> = {
      search: "deploy",
      state: "expires-soon",
      lastUse: "1d",
      owner: owner.username,
    };
    const parts = await Promise.all(
      Object.entries(filter).map(async ([key, value]) =>
        namesOf(await selected({ [key]: value } as Partial<TokenFilter>)),
      ),
    );
    const inAll = namesOf(everybodys).filter((name) => parts.every((part) => part.includes(name)));
    expect(inAll.length).toBeGreaterThan(0);
    expect(namesOf(await selected(filter))).toEqual(inAll);
  });
});
