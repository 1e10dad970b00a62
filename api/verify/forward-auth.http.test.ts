import { describe, expect, test } from "vitest";
import { anOwner, aToken } from "@/domain/testing/owners";
import { refusedCredentials } from "@/domain/testing/situations";
import { ask, takeCheckLog, VERIFY } from "../testing/checks";

const UNAUTHORIZED =
  '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}';

describe("200", () => {
  test.each(["GET", "HEAD"])("%s tells who presented the token", async (method) => {
    const owner = await anOwner({ role: "verifier" });
    const { bearer, name } = await aToken(owner);
    const answer = await ask(VERIFY, { method, bearer });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe("");
    expect(answer.headers).toMatchObject({
      "x-auth-user": owner.username,
      "x-auth-user-id": owner.userId,
      "x-auth-role": "verifier",
      "x-auth-token": name,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": "request-7",
    });
    expect(JSON.stringify(answer.headers)).not.toContain(bearer.split(":")[1]);
  });

  test("a token as Basic works, too, and a query changes nothing", async () => {
    const { bearer } = await aToken(await anOwner());
    const authorization = `Basic ${Buffer.from(bearer).toString("base64")}`;
    expect((await ask(`${VERIFY}?x=1`, { headers: { authorization } })).status).toBe(200);
  });

  test.each([
    ["Ωmega", encodeURIComponent("Ωmega")],
    ["漢字.bot", `${encodeURIComponent("漢字")}.bot`],
    ["a%0d%0aX-Auth-Role: admin", "a%250d%250aX-Auth-Role%3A%20admin"],
    ["a\r\nb", "a%0D%0Ab"],
    ["a b", "a%20b"],
    ["grace.hopper@example.org", "grace.hopper@example.org"],
  ])("the user %j is written %s", async (prefix, written) => {
    const owner = await anOwner({ username: prefix });
    const { bearer } = await aToken(owner);
    const { status, headers } = await ask(VERIFY, { bearer });
    expect([status, headers["x-auth-user"], headers["x-auth-role"]]).toEqual([
      200,
      written,
      "user",
    ]);
  });
});

describe("401", () => {
  test("is the same bytes for every reason", async () => {
    for (const [why, bearer] of Object.entries(await refusedCredentials())) {
      const answer = await ask(VERIFY, { bearer });
      expect([why, answer.status, answer.text]).toEqual([why, 401, UNAUTHORIZED]);
      const { date: _date, ...headers } = answer.headers;
      expect(headers).toEqual({
        "content-type": "application/json",
        "content-length": String(UNAUTHORIZED.length),
        "x-request-id": "request-7",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "www-authenticate": 'Bearer realm="latchkey", error="invalid_token"',
        connection: "keep-alive",
        "keep-alive": "timeout=5",
      });
    }
  });

  test("has no error when nothing was presented", async () => {
    const { status, headers } = await ask(VERIFY);
    expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer realm="latchkey"']);
  });

  test("answers two Authorization headers, of which each alone would do", async () => {
    const { bearer } = await aToken(await anOwner());
    const authorization = `Bearer ${bearer}`;
    const answer = await ask(VERIFY, {
      headers: { authorization: [authorization, authorization] },
    });
    expect(answer.status).toBe(401);
  });

  test("answers a cookie and an X-Auth header of the client's own", async () => {
    const { bearer } = await aToken(await anOwner());
    const headers = { cookie: `token=${bearer}`, "x-auth-user": "admin" };
    expect((await ask(VERIFY, { headers })).status).toBe(401);
  });

  test("leaves its reason and the token's name in the log, and never the secret", async () => {
    const credentials = await refusedCredentials();
    takeCheckLog();
    for (const bearer of Object.values(credentials)) await ask(VERIFY, { bearer });
    const lines = takeCheckLog();
    const reasons = lines.map((line) => JSON.parse(line).reason).filter(Boolean);
    expect(reasons).toEqual([
      "unknown",
      "unknown",
      "malformed",
      "disabled",
      "expired",
      "idle",
      "owner-disabled",
      "malformed",
      "malformed",
      "malformed",
    ]);
    for (const bearer of Object.values(credentials)) {
      const secret = bearer.split(":")[1];
      if (secret) expect(lines.join("\n")).not.toContain(secret);
    }
  });
});

describe("other answers", () => {
  test("400 for a token in the query", async () => {
    const { bearer } = await aToken(await anOwner());
    const path = `${VERIFY}?access_token=${encodeURIComponent(bearer)}`;
    for (const sent of [{}, { bearer }]) expect((await ask(path, sent)).status).toBe(400);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("405 for %s", async (method) => {
    const { bearer } = await aToken(await anOwner());
    const answer = await ask(VERIFY, { method, bearer });
    expect([answer.status, answer.headers.allow, answer.json.reason]).toEqual([
      405,
      "GET, HEAD",
      "MethodNotAllowed",
    ]);
  });
});
