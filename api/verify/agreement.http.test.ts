import { AuthenticationV1Api, KubeConfig, type V1UserInfo } from "@kubernetes/client-node";
import fc from "fast-check";
import {
  allowInsecureRequests,
  ClientSecretBasic,
  Configuration,
  tokenIntrospection,
} from "openid-client";
import { expect, test } from "vitest";
import type { UserActor } from "@/domain/actor";
import { anOwner, aToken } from "@/domain/testing/owners";
import { disableUser, moveBack } from "@/domain/testing/situations";
import { ask, checksUrl, INTROSPECT, ISSUER, VERIFY } from "../testing/checks";

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

interface Opinion {
  isGood: boolean | undefined;
  username: string | undefined;
}

/** Asks as an OAuth library does. */
function introspectionBy(verifier: string): (token: string) => Promise<Opinion> {
  const [id = "", secret = ""] = verifier.split(":");
  const server = { issuer: ISSUER, introspection_endpoint: checksUrl() + INTROSPECT };
  const client = new Configuration(server, id, undefined, ClientSecretBasic(secret));
  allowInsecureRequests(client);
  return async (token) => {
    const { active, username } = await tokenIntrospection(client, token);
    return { isGood: active, username };
  };
}

/** Asks with the client that is made from Kubernetes' schema. */
function reviewBy(verifier: string): (token: string) => Promise<Opinion> {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: "latchkey", server: checksUrl(), skipTLSVerify: true },
    { name: "verifier", token: verifier },
  );
  const api = config.makeApiClient(AuthenticationV1Api);
  return async (token) => {
    const { status } = await api.createTokenReview({ body: { spec: { token } } });
    const user: V1UserInfo | undefined = status?.user;
    return { isGood: status?.authenticated, username: user?.username };
  };
}

async function forwardAuth(bearer: string): Promise<Opinion> {
  const { status, headers } = await ask(VERIFY, { bearer });
  return { isGood: status === 200, username: headers["x-auth-user"]?.toString() };
}

async function mapped<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}

test("openid-client, Kubernetes' client and /verify learn the same of a token in any of 1,000 states", async () => {
  const verifier = (await aToken(await anOwner({ role: "verifier" }))).bearer;
  const opinions = [introspectionBy(verifier), reviewBy(verifier), forwardAuth];
  const situations = fc.array(situation, { minLength: STATES, maxLength: STATES });
  const agree = fc.asyncProperty(situations, async (wanted) => {
    const [owner, gone] = [await anOwner(), await anOwner()];
    const tokens = await mapped(wanted, async (one) => ({
      one,
      bearer: await make(one, one.ownerEnabled ? owner : gone),
    }));
    await disableUser(gone);
    await mapped(tokens, async ({ one, bearer }) => {
      const isGood = works(one);
      const expected = { isGood, username: isGood ? owner.username : undefined };
      for (const opinion of opinions) {
        expect([one, await opinion(bearer)]).toEqual([one, expected]);
      }
    });
  });
  await fc.assert(agree, { numRuns: 1, endOnFailure: true });
}, 120_000);
