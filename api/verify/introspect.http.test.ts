import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  allowInsecureRequests,
  ClientSecretBasic,
  Configuration,
  tokenIntrospection,
} from "openid-client";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { UserActor } from "@/domain/actor";
import { anOwner, aToken } from "@/domain/testing/owners";
import { refusedCredentials } from "@/domain/testing/situations";
import { ask, checksUrl, INTROSPECT, ISSUER, introspectAs, takeCheckLog } from "../testing/checks";

let verifier: { bearer: string; name: string };
let owner: UserActor;
let token: Awaited<ReturnType<typeof aToken>>;
beforeAll(async () => {
  verifier = await aToken(await anOwner({ role: "verifier" }));
  owner = await anOwner();
  token = await aToken(owner);
});

const post = (body: string, headers: Record<string, string> = {}) =>
  ask(INTROSPECT, {
    method: "POST",
    bearer: verifier.bearer,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body,
  });

describe("an active token", () => {
  test.each(["verifier", "admin"] as const)("is described to a caller of role %s", async (role) => {
    const caller = await aToken(await anOwner({ role }));
    const answer = await introspectAs(caller.bearer, token.bearer);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      pragma: "no-cache",
    });
    expect(answer.json).toEqual({
      active: true,
      iss: ISSUER,
      sub: owner.userId,
      username: owner.username,
      scope: "user",
      token_type: "Bearer",
      jti: token.name,
      client_id: token.name,
      iat: token.token.createdAt.getTime() / 1_000,
      exp: (token.token.expiresAt?.getTime() ?? 0) / 1_000,
    });
  });

  test("is described to its own owner, with itself or another one", async () => {
    const other = await aToken(owner);
    for (const caller of [token, other]) {
      expect((await introspectAs(caller.bearer, token.bearer)).json.active).toBe(true);
    }
  });

  test("is known to an openid-client that authenticates with the token's name and value", async () => {
    const [id = "", secret = ""] = verifier.bearer.split(":");
    const server = { issuer: ISSUER, introspection_endpoint: checksUrl() + INTROSPECT };
    const client = new Configuration(server, id, undefined, ClientSecretBasic(secret));
    allowInsecureRequests(client);
    const known = await tokenIntrospection(client, token.bearer);
    expect(known).toMatchObject({ active: true, sub: owner.userId, username: owner.username });
    expect(await tokenIntrospection(client, "garbage")).toEqual({ active: false });
  });
});

describe("exactly that it is not active", () => {
  test("is said of every token that does not work", async () => {
    for (const [why, bearer] of Object.entries(await refusedCredentials())) {
      const { status, text } = await introspectAs(verifier.bearer, bearer);
      expect([why, status, text]).toEqual([why, 200, '{"active":false}']);
    }
  });

  test("is said to a user of somebody else's token", async () => {
    const { text } = await introspectAs(token.bearer, verifier.bearer);
    expect(text).toBe('{"active":false}');
  });
});

describe("refusals", () => {
  test("401 for a caller without a working token, whatever the token in question is", async () => {
    for (const [why, bearer] of Object.entries(await refusedCredentials())) {
      const { status, headers } = await introspectAs(bearer, token.bearer);
      expect([why, status, headers["www-authenticate"]]).toEqual([
        why,
        401,
        'Bearer realm="latchkey", error="invalid_token"',
      ]);
    }
    const { status, headers } = await introspectAs(undefined, token.bearer);
    expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer realm="latchkey"']);
  });

  test.each([
    ["no token", "token_type_hint=access_token"],
    ["an empty token", "token="],
    ["two tokens", "token=a&token=b"],
    ["nothing", ""],
  ])("400 for %s", async (_, body) => {
    const answer = await post(body);
    expect([answer.status, answer.json.error]).toEqual([400, "invalid_request"]);
  });

  test("400 for a token in the query", async () => {
    const path = `${INTROSPECT}?access_token=x`;
    expect((await ask(path, { method: "POST", bearer: verifier.bearer })).status).toBe(400);
  });

  test("405 for GET, 413 for a long body, 415 for JSON", async () => {
    expect((await ask(INTROSPECT, { bearer: verifier.bearer })).status).toBe(405);
    expect((await post(`token=${"x".repeat(70_000)}`)).status).toBe(413);
    expect((await post("{}", { "content-type": "application/json" })).status).toBe(415);
  });
});

test("a caller who goes away within the body is no failure of the server", async () => {
  takeCheckLog();
  const socket = connect(Number(new URL(checksUrl()).port), "127.0.0.1");
  socket.write(
    `POST ${INTROSPECT} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${verifier.bearer}\r\n` +
      "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 90\r\n\r\ntok",
  );
  await sleep(100);
  socket.destroy();
  const logged: string[] = [];
  await vi.waitFor(() => {
    logged.push(...takeCheckLog());
    expect(logged.join("")).toContain('"msg":"request"');
  });
  expect(logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  expect(JSON.parse(logged.at(-1) ?? "")).toMatchObject({ path: INTROSPECT, status: 0 });
});
