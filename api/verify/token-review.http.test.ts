import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "@/domain/actor";
import { anOwner, aToken } from "@/domain/testing/owners";
import { refusedCredentials } from "@/domain/testing/situations";
import { ask, ISSUER, REVIEWS, review } from "../testing/checks";

let verifier: string;
let owner: UserActor;
let token: { bearer: string; name: string };
beforeAll(async () => {
  verifier = (await aToken(await anOwner({ role: "verifier" }))).bearer;
  owner = await anOwner();
  token = await aToken(owner);
});

const post = (body: string, headers: Record<string, string> = {}) =>
  ask(REVIEWS, {
    method: "POST",
    bearer: verifier,
    headers: { "content-type": "application/json", ...headers },
    body,
  });

describe("201", () => {
  test.each(["verifier", "admin"] as const)(
    "tells a caller of role %s whose token it is",
    async (role) => {
      const caller = await aToken(await anOwner({ role }));
      const answer = await review(caller.bearer, { token: token.bearer });
      expect(answer.status).toBe(201);
      expect(answer.headers).toMatchObject({
        "content-type": "application/json",
        "cache-control": "no-store",
      });
      expect(answer.json).toEqual({
        apiVersion: "authentication.k8s.io/v1",
        kind: "TokenReview",
        metadata: {},
        spec: {},
        status: {
          authenticated: true,
          user: {
            username: owner.username,
            uid: owner.userId,
            groups: ["latchkey:user"],
            extra: { "ext.cattle.io/token-name": [token.name] },
          },
          audiences: [ISSUER, "shop"],
        },
      });
      expect(answer.text).not.toContain(token.bearer.split(":")[1]);
    },
  );

  test("answers in v1beta1 what is asked in v1beta1, as API servers do by default", async () => {
    const apiVersion = "authentication.k8s.io/v1beta1";
    const { json } = await review(verifier, { token: token.bearer }, { apiVersion });
    expect(json).toMatchObject({ apiVersion, status: { authenticated: true } });
  });

  test("is the same bytes for every token that does not work", async () => {
    for (const [why, bearer] of Object.entries(await refusedCredentials())) {
      const { status, text } = await review(verifier, { token: bearer });
      expect([why, status, text]).toEqual([
        why,
        201,
        '{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","metadata":{},"spec":{},"status":{"authenticated":false}}',
      ]);
    }
  });

  test.each([
    [["shop"], ["shop"]],
    [
      ["bank", "shop", ISSUER],
      ["shop", ISSUER],
    ],
    [["bank"], undefined],
    [["SHOP"], undefined],
    [[], [ISSUER, "shop"]],
    [null, [ISSUER, "shop"]],
  ])("for the audiences %j authenticates for %j", async (audiences, granted) => {
    const { json } = await review(verifier, { token: token.bearer, audiences });
    const { authenticated, user, audiences: answered } = json.status;
    expect([authenticated, user !== undefined, answered]).toEqual([
      granted !== undefined,
      granted !== undefined,
      granted,
    ]);
  });

  test("takes the caller's token as Basic", async () => {
    const authorization = `Basic ${Buffer.from(verifier).toString("base64")}`;
    const body = JSON.stringify({ spec: { token: token.bearer } });
    const answer = await ask(REVIEWS, {
      method: "POST",
      headers: { authorization, "content-type": "application/json; charset=utf-8" },
      body,
    });
    expect(answer.json.status.authenticated).toBe(true);
  });
});

describe("400", () => {
  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["no spec", "{}"],
    ["another kind", '{"kind":"Pod","spec":{"token":"x"}}'],
    ["another version", '{"apiVersion":"v1","spec":{"token":"x"}}'],
    ["a version that is no text", '{"apiVersion":1,"spec":{"token":"x"}}'],
    ["a spec that is no object", '{"spec":"x"}'],
    ["an empty token", '{"spec":{"token":""}}'],
    ["a token that is no text", '{"spec":{"token":7}}'],
    ["audiences that are no list", '{"spec":{"token":"x","audiences":"shop"}}'],
    ["audiences that are no texts", '{"spec":{"token":"x","audiences":[1]}}'],
  ])("answers %s", async (_, body) => {
    const answer = await post(body);
    expect([answer.status, answer.json.kind, answer.json.reason]).toEqual([
      400,
      "Status",
      "BadRequest",
    ]);
  });
});

describe("other refusals", () => {
  test("401 for a caller without a working token, before anything is read", async () => {
    for (const [why, bearer] of Object.entries(await refusedCredentials())) {
      expect([why, (await review(bearer, { token: token.bearer })).status]).toEqual([why, 401]);
    }
    expect((await ask(REVIEWS, { method: "POST", body: "{" })).status).toBe(401);
  });

  test("403 for a user, about own tokens, too", async () => {
    const answer = await review(token.bearer, { token: token.bearer });
    expect([answer.status, answer.json.reason]).toEqual([403, "Forbidden"]);
    expect(answer.json.message).toContain("tokenreviews.authentication.k8s.io is forbidden");
  });

  test.each(["GET", "PUT", "DELETE", "PATCH"])("405 for %s", async (method) => {
    const answer = await ask(REVIEWS, { method, bearer: verifier });
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
  });

  test("413 for a body that no TokenReview has, announced or not", async () => {
    const body = JSON.stringify({ spec: { token: "x".repeat(70_000) } });
    expect((await post(body)).status).toBe(413);
    expect((await post(body, { "transfer-encoding": "chunked" })).status).toBe(413);
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/vnd.kubernetes.protobuf",
    "",
  ])("415 for %j", async (type) => {
    const answer = await post("{}", { "content-type": type });
    expect([answer.status, answer.json.reason]).toEqual([415, "UnsupportedMediaType"]);
  });
});
