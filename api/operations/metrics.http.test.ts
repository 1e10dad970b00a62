import { beforeAll, describe, expect, test } from "vitest";
import { anOwner, aToken } from "@/domain/testing/owners";
import { hearOfChanges, refusedCredentials } from "@/domain/testing/situations";
import { hashPassword } from "@/domain/users/password";
import { ask, VERIFY } from "../testing/checks";
import { aCaller, send } from "../testing/client";

beforeAll(hearOfChanges);

async function scrape(): Promise<string> {
  const caller = await aCaller({ role: "verifier" });
  const answer = await caller.send("GET", "/metrics");
  expect(answer.status).toBe(200);
  return answer.text;
}

const sampleOf = (text: string, series: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.split(" ")[1] ?? 0,
  );

describe("who may read them", () => {
  test("administrators and verifiers, in the format of Prometheus", async () => {
    for (const role of ["admin", "verifier"] as const) {
      const answer = await (await aCaller({ role })).send("GET", "/metrics");
      expect([role, answer.status]).toEqual([role, 200]);
      expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  test("no user, and nobody without a token", async () => {
    expect((await (await aCaller()).send("GET", "/metrics")).status).toBe(403);
    expect((await send("GET", "/metrics")).status).toBe(401);
  });
});

describe("what they tell", () => {
  test("every check, by its result and the reason of a refusal", async () => {
    const { bearer } = await aToken(await anOwner());
    const credentials = Object.values(await refusedCredentials());
    const before = await scrape();
    for (const presented of [bearer, bearer, ...credentials]) {
      await ask(VERIFY, { bearer: presented });
    }
    const after = await scrape();
    const grown = (result: string, reason: string) => {
      const labels = `surface="verify",result="${result}",reason="${reason}"`;
      const series = `latchkey_checks_total{${labels}}`;
      return sampleOf(after, series) - sampleOf(before, series);
    };
    expect({
      accepted: grown("accepted", ""),
      malformed: grown("refused", "malformed"),
      unknown: grown("refused", "unknown"),
      disabled: grown("refused", "disabled"),
      expired: grown("refused", "expired"),
      idle: grown("refused", "idle"),
      ownerDisabled: grown("refused", "owner-disabled"),
    }).toEqual({
      accepted: 2,
      malformed: 4,
      unknown: 2,
      disabled: 1,
      expired: 1,
      idle: 1,
      ownerDisabled: 1,
    });
    const histogram = "latchkey_check_duration_seconds_count";
    expect(sampleOf(after, histogram) - sampleOf(before, histogram)).toBeGreaterThanOrEqual(12);
  });

  test("how sign-ins end, the pool, the feed, the cache, the tokens and the process", async () => {
    const { username } = await anOwner({
      passwordHash: await hashPassword("correct horse battery"),
    });
    for (const password of ["wrong", "correct horse battery"]) {
      await send("POST", "/v1-public/login", { body: { username, password } });
    }
    const text = await scrape();
    expect(sampleOf(text, 'latchkey_sign_ins_total{outcome="success"}')).toBe(1);
    expect(sampleOf(text, 'latchkey_sign_ins_total{outcome="failure"}')).toBe(1);
    expect(sampleOf(text, 'latchkey_database_connections{state="free"}')).toBeGreaterThan(0);
    expect(sampleOf(text, 'latchkey_tokens{state="active"}')).toBeGreaterThan(0);
    expect(sampleOf(text, "latchkey_change_feed_up")).toBe(1);
    expect(sampleOf(text, "latchkey_change_feed_lag_seconds")).toBeGreaterThan(0);
    expect(sampleOf(text, 'latchkey_check_cache_total{result="miss"}')).toBeGreaterThan(0);
    expect(
      sampleOf(text, 'latchkey_http_requests_total{route="check",status="200"}'),
    ).toBeGreaterThan(0);
    expect(sampleOf(text, "process_resident_memory_bytes")).toBeGreaterThan(0);
  });

  test("no name of a user or a token, and no secret", async () => {
    const owner = await anOwner();
    const { bearer, name } = await aToken(owner);
    await ask(VERIFY, { bearer });
    const text = await scrape();
    for (const hidden of [owner.username, owner.userId, name, bearer.split(":")[1] ?? "?"]) {
      expect(text).not.toContain(hidden);
    }
  });
});
