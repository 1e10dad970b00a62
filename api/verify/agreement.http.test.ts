import fc from "fast-check";
import { expect, test } from "vitest";
import type { UserActor } from "@/domain/actor";
import { anOwner, aToken } from "@/domain/testing/owners";
import { disableUser, moveBack } from "@/domain/testing/situations";
import { ask, introspectAs, review, VERIFY } from "../testing/checks";

const MINUTE_MS = 60_000;
const IDLE_MINUTES = 960;
const STATES = 1_000;
const AT_ONCE = 10;

const situation = fc.record({
  kind: fc.constantFrom("", "session", "ci"),
  enabled: fc.boolean(),
  ownerEnabled: fc.boolean(),
  ttlMinutes: fc.constantFrom(30, 900, 2_000),
  ageMinutes: fc.constantFrom(0, 29, 31, 899, 901, 959, 961, 1_999, 2_001),
  damage: fc.constantFrom("none", "none", "none", "cut", "swapped"),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function works(wanted: Situation): boolean {
  const { kind, enabled, ownerEnabled, ttlMinutes, ageMinutes, damage } = wanted;
  const isIdle = kind === "session" && ageMinutes > IDLE_MINUTES;
  return enabled && ownerEnabled && ageMinutes < ttlMinutes && !isIdle && damage === "none";
}

async function make(wanted: Situation, owner: UserActor): Promise<string> {
  const { kind, enabled, ttlMinutes, ageMinutes, damage } = wanted;
  const made = await aToken(owner, { kind, enabled, ttlMs: ttlMinutes * MINUTE_MS });
  await moveBack(made.name, ageMinutes * MINUTE_MS);
  if (damage === "cut") return made.bearer.slice(0, -1);
  if (damage === "none") return made.bearer;
  const other = await aToken(owner);
  return `ext/${made.name}:${other.bearer.split(":")[1]}`;
}

async function mapped<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}

test("TokenReview, introspection and /verify say the same of a token in any of 1,000 states", async () => {
  const verifier = (await aToken(await anOwner({ role: "verifier" }))).bearer;
  const situations = fc.array(situation, { minLength: STATES, maxLength: STATES });
  const agree = fc.asyncProperty(situations, async (wanted) => {
    const [owner, gone] = [await anOwner(), await anOwner()];
    const tokens = await mapped(wanted, async (one) => ({
      one,
      bearer: await make(one, one.ownerEnabled ? owner : gone),
    }));
    await disableUser(gone);
    await mapped(tokens, async ({ one, bearer }) => {
      const { status } = (await review(verifier, { token: bearer })).json;
      const { json } = await introspectAs(verifier, bearer);
      const answer = await ask(VERIFY, { bearer });
      expect([one, status.authenticated, json.active, answer.status]).toEqual([
        one,
        works(one),
        works(one),
        works(one) ? 200 : 401,
      ]);
      const names = [status.user?.username, json.username, answer.headers["x-auth-user"]];
      expect(new Set(names)).toEqual(new Set([works(one) ? owner.username : undefined]));
    });
  });
  await fc.assert(agree, { numRuns: 1, endOnFailure: true });
}, 120_000);
