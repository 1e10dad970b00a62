import { describe, expect, test } from "vitest";
import { refusedCredentials } from "@/domain/testing/situations";
import { credentialCacheCounts } from "@/domain/tokens/credential-cache";
import { aCaller, send, TOKENS } from "./testing/client";
import { serveApi } from "./testing/http-server";

const get = (authorization?: string, headers: Record<string, string> = {}) =>
  send("GET", TOKENS, {
    headers: { ...(authorization === undefined ? {} : { authorization }), ...headers },
  });
const basic = (text: string) => `Basic ${Buffer.from(text, "latin1").toString("base64")}`;

describe("200", () => {
  test("answers the token as Bearer, in any case of the scheme", async () => {
    const { bearer } = await aCaller();
    for (const scheme of ["Bearer", "bearer", "BEARER"]) {
      expect((await get(`${scheme} ${bearer}`)).status).toBe(200);
    }
    expect((await get(`Bearer   ${bearer}`)).status).toBe(200);
  });

  test("answers the token as Basic, with its name as user", async () => {
    const { bearer } = await aCaller();
    expect((await get(basic(bearer))).status).toBe(200);
    expect((await get(basic(bearer).replace("Basic", "bAsIc"))).status).toBe(200);
  });
});

describe("401", () => {
  const UNAUTHORIZED =
    '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}';

  test("is the same answer for every credential that does not work", async () => {
    const credentials = await refusedCredentials();
    for (const [why, bearer] of Object.entries(credentials)) {
      for (const authorization of [`Bearer ${bearer}`, basic(bearer)]) {
        const answer = await get(authorization);
        expect([why, answer.status, answer.text]).toEqual([why, 401, UNAUTHORIZED]);
        expect(answer.headers.get("www-authenticate")).toBe(
          'Bearer realm="latchkey", error="invalid_token"',
        );
        expect(answer.headers.get("cache-control")).toBe("no-store");
      }
    }
  });

  test("has no error in its challenge when no credential was sent", async () => {
    const answer = await get();
    expect([answer.status, answer.text]).toEqual([401, UNAUTHORIZED]);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="latchkey"');
  });

  test("answers headers that hold no token", async () => {
    const { bearer } = await aCaller();
    for (const authorization of [
      bearer,
      "Bearer",
      "Bearer ",
      `Bearer ${bearer} x`,
      `Bearer ${bearer},Bearer ${bearer}`,
      `Token ${bearer}`,
      `Bearer\t${bearer}`,
      `Bearer "${bearer}"`,
      "Basic %%%",
      "Basic ====",
      basic(`${bearer}:x`),
      basic(bearer.replace("ext/", "")),
    ]) {
      expect((await get(authorization)).status).toBe(401);
    }
  });

  test("answers a cookie: programs do not authenticate by one", async () => {
    const { bearer } = await aCaller();
    for (const name of ["next-auth.session-token", "__Host-latchkey", "token", "R_SESS"]) {
      const answer = await get(undefined, { cookie: `${name}=${encodeURIComponent(bearer)}` });
      expect(answer.status).toBe(401);
    }
  });

  test("answers two Authorization headers, of which each alone would do", async () => {
    const { bearer } = await aCaller();
    const api = await serveApi();
    try {
      const header = ["authorization", `Bearer ${bearer}`];
      const ask = async (headers: string[]) =>
        (await api.send({ method: "GET", path: TOKENS, headers })).status;
      expect(await ask(header)).toBe(200);
      expect(await ask([...header, "cookie", "next-auth.session-token=x"])).toBe(200);
      expect(await ask([...header, ...header])).toBe(401);
      expect(await ask([...header, "authorization", "Basic x"])).toBe(401);
    } finally {
      await api.close();
    }
  });

  test("answers a credential of 4 KB and more without asking the database", async () => {
    const { bearer } = await aCaller();
    const before = { ...credentialCacheCounts() };
    for (const length of [4_096, 8_192, 15_000]) {
      for (const long of [bearer.padEnd(length, "b"), "ext/".padEnd(length, "b")]) {
        expect((await get(`Bearer ${long}`)).status).toBe(401);
        expect((await get(basic(long))).status).toBe(401);
      }
    }
    expect(credentialCacheCounts()).toEqual(before);
  });

  test("answers before the body is read", async () => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const path = method === "POST" ? TOKENS : `${TOKENS}/token-x`;
      expect((await send(method, path, { body: "{" })).status).toBe(401);
    }
  });
});

describe("400", () => {
  test("answers a token in the query, alone or with a header that works", async () => {
    const { bearer } = await aCaller();
    const path = `${TOKENS}?access_token=${encodeURIComponent(bearer)}`;
    expect((await send("GET", path)).status).toBe(400);
    const answer = await send("GET", path, { bearer });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(bearer.split(":")[1]);
  });
});
