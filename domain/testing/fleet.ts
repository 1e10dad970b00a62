import { ageToken, stampUse } from "@/db/testing/rows";
import type { UserActor } from "../actor";
import type { TokenFilter } from "../tokens/filter";
import { listTokens } from "../tokens/list";
import type { ListedToken } from "../tokens/listed-token";
import type { TokenSummary } from "../tokens/token";
import { anAdmin, anOwner, aToken } from "./owners";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Selects the fleet alone from an admin's list. */
export const FLEET = { kind: "all", owner: "fleet-", sort: "name", descending: false } as const;

/** 48 tokens of two owners in every state, with many equal sort values among them. */
export async function aFleet() {
  const owner = await anOwner({ username: "fleet-ann" });
  const other = await anOwner({ username: "fleet-Bob" });
  const admin = await anAdmin();
  const descriptions = ["", "deploy", "Deploy", "über 100%_\\", "ΟΔΟΣ", "😀 emoji", "deploy", "z"];
  for (let at = 0; at < 48; at += 1) {
    const { name } = await aToken(at % 4 === 3 ? other : owner, {
      description: descriptions[at % descriptions.length],
      kind: ["", "ci", "session", "", "CI"][at % 5],
      enabled: at % 7 !== 0,
      ttlMs: [undefined, HOUR_MS, 3 * DAY_MS, 20 * DAY_MS][at % 4],
    });
    if (at % 6 === 1) await ageToken(name, 10 * DAY_MS);
    const usedAgoMs = [0, HOUR_MS, 40 * DAY_MS, 100 * DAY_MS][at % 4];
    // Nothing is used before it is there.
    if (at % 8 === 2 || at % 8 === 7) await ageToken(name, 120 * DAY_MS);
    if (usedAgoMs) await stampUse(name, new Date(Date.now() - usedAgoMs));
  }
  return { owner, other, admin, tokens: await allOf(admin, FLEET) };
}

/** Every token of a list, page by page. */
export async function allOf(
  actor: UserActor,
  filter: TokenFilter,
  size = 1_000,
): Promise<ListedToken[]> {
  const seen: ListedToken[] = [];
  let after: string | undefined;
  do {
    const page = await listTokens(actor, { ...filter, ...(after ? { after } : {}) }, { size });
    if (page.tokens.length > size) throw new Error("a page is longer than asked for");
    seen.push(...page.tokens);
    after = page.next ?? undefined;
  } while (after);
  return seen;
}

export function namesOf(tokens: readonly TokenSummary[]): string[] {
  return tokens.map((token) => token.name);
}
