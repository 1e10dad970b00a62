import { beforeAll, describe, expect, test } from "vitest";
import { anOwner } from "@/domain/testing/owners";
import { hashPassword } from "@/domain/users/password";
import { send, TOKENS } from "./testing/client";

const LOGIN = "/v1-public/login";
const PASSWORD = "correct horse battery";
let passwordHash: string;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

describe("201", () => {
  test("a right password gets a session token that works", async () => {
    const { username } = await anOwner({ passwordHash });
    const answer = await send("POST", LOGIN, { body: { username, password: PASSWORD } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { token, name, expiresAt } = answer.json;
    expect(Object.keys(answer.json).sort()).toEqual(["expiresAt", "name", "token"]);
    expect(token).toMatch(new RegExp(`^ext/${name}:`));
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const { json } = await send("GET", `${TOKENS}/${name}`, { bearer: token });
    expect(json).toMatchObject({ spec: { kind: "session" }, status: { current: true } });
  });
});

describe("401", () => {
  test("answers an unknown user, a wrong password and a disabled user alike", async () => {
    const { username } = await anOwner({ passwordHash });
    const disabled = await anOwner({ passwordHash, enabled: false });
    const bodies = [
      { username, password: "wrong" },
      { username: "nobody-here", password: PASSWORD },
      { username: disabled.username, password: PASSWORD },
    ];
    const texts = new Set<string>();
    for (const body of bodies) {
      const answer = await send("POST", LOGIN, { body });
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({ kind: "Status", reason: "Unauthorized" });
      texts.add(answer.text);
    }
    expect(texts.size).toBe(1);
  });
});

describe("415", () => {
  test("answers a form, which another site could send", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const headers = { "content-type": type };
      expect((await send("POST", LOGIN, { body: "{}", headers })).status).toBe(415);
    }
  });
});

describe("422", () => {
  test("names what is missing and never repeats a password", async () => {
    const empty = await send("POST", LOGIN, { body: {} });
    expect(empty.status).toBe(422);
    const fields = empty.json.details.causes.map((cause: { field: string }) => cause.field);
    expect(fields).toEqual(["username", "password"]);
    const wrong = { username: "a", password: "hunter2\u0000" };
    const answer = await send("POST", LOGIN, { body: wrong });
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain("hunter2");
  });
});

describe("429", () => {
  test("answers too many wrong passwords with a time to wait", async () => {
    const { username } = await anOwner({ passwordHash });
    const headers = { "x-forwarded-for": "198.51.100.99" };
    for (let guess = 0; guess < 5; guess += 1) {
      await send("POST", LOGIN, { headers, body: { username, password: "wrong" } });
    }
    const body = { username, password: PASSWORD };
    const answer = await send("POST", LOGIN, { headers, body });
    expect(answer.status).toBe(429);
    expect(answer.json).toMatchObject({ reason: "TooManyRequests", code: 429 });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(14 * 60);
  });
});
