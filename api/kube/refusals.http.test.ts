import { describe, expect, test } from "vitest";
import {
  disableUser,
  storedTokens,
  whileAuditFails,
  whileTokenIsHeld,
} from "@/domain/testing/situations";
import { aCaller, send, TOKENS, takeLog } from "../testing/client";

const MISSING = "token-bcdfghjklm";

const failureOf = (code: number, reason: string, message: string) => ({
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message,
  reason,
  code,
});

describe("400", () => {
  test.each([
    ["no JSON", "{", "the request body is not valid JSON"],
    ["nothing", "", "the request body is not valid JSON"],
    ["a list", "[]", "the request body must be a JSON object"],
    ["null", "null", "the request body must be a JSON object"],
    ["text", '"x"', "the request body must be a JSON object"],
    ["a list for spec", '{"spec":[]}', "spec must be an object"],
    ["text for metadata", '{"metadata":"x"}', "metadata must be an object"],
    [
      "another kind",
      '{"kind":"Pod"}',
      "the body must be ext.cattle.io/v1, Kind=Token, not ext.cattle.io/v1, Kind=Pod",
    ],
    [
      "another version",
      '{"apiVersion":"v1"}',
      "the body must be ext.cattle.io/v1, Kind=Token, not v1, Kind=Token",
    ],
  ])("answers a body that is %s", async (_, body, message) => {
    const answer = await (await aCaller()).send("POST", TOKENS, { body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject(failureOf(400, "BadRequest", message));
  });

  test("answers a body that is not UTF-8", async () => {
    const caller = await aCaller();
    const body = Uint8Array.from([
      ...Buffer.from('{"spec":{"description":"'),
      0xff,
      ...Buffer.from('"}}'),
    ]);
    expect((await caller.send("POST", TOKENS, { body })).status).toBe(400);
  });

  test("answers an unknown field when validation is strict, and names every one", async () => {
    const caller = await aCaller();
    const body = { metadata: { who: 1 }, spec: { descripton: "x", ttl: 1_000 }, extra: 1 };
    const answer = await caller.send("POST", `${TOKENS}?fieldValidation=Strict`, { body });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toBe(
      'strict decoding error: unknown field "metadata.who", unknown field "spec.descripton", unknown field "extra"',
    );
    for (const query of ["", "?fieldValidation=Warn"]) {
      const warned = await caller.send("POST", TOKENS + query, { body });
      expect(warned.status).toBe(201);
      expect(warned.headers.get("warning")).toBe(
        '299 - "unknown field \\"metadata.who\\"", 299 - "unknown field \\"spec.descripton\\"", 299 - "unknown field \\"extra\\""',
      );
    }
    const ignored = await caller.send("POST", `${TOKENS}?fieldValidation=Ignore`, { body });
    expect(ignored.status).toBe(201);
    expect(ignored.headers.get("warning")).toBeNull();
  });

  test("warns within what a header may be, whatever the field is called", async () => {
    const names = [
      "x".repeat(100_000),
      "ü\r\n\u0000",
      ...Array.from({ length: 50 }, (_, n) => `f${n}`),
    ];
    const spec = Object.fromEntries(names.map((name) => [name, 1]));
    const answer = await (await aCaller()).send("POST", TOKENS, { body: { spec } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("warning")?.length).toBeLessThan(4_000);
  });

  test.each([
    "?fieldValidation=strict",
    "?dryRun=true",
    "?dryRun=All&dryRun=None",
    "?access_token=x",
    "?access_token=",
  ])("answers a create with %s", async (query) => {
    const caller = await aCaller();
    const answer = await caller.send("POST", TOKENS + query, { body: {} });
    expect(answer.status).toBe(400);
    expect(answer.json.reason).toBe("BadRequest");
    expect((await caller.send("GET", TOKENS)).json.items).toHaveLength(1);
  });

  test.each(["?limit=x", "?limit=-1", "?limit=1.5", "?fieldSelector=spec.description%3Dx"])(
    "answers a list with %s",
    async (query) => {
      expect((await (await aCaller()).send("GET", TOKENS + query)).status).toBe(400);
    },
  );

  test("answers a PUT whose body has another name", async () => {
    const caller = await aCaller();
    const body = { metadata: { name: MISSING } };
    const answer = await caller.send("PUT", `${TOKENS}/${caller.name}`, { body });
    expect(answer.json.message).toBe("the name of the object does not match the name on the URL");
  });

  test.each([
    { preconditions: "x" },
    { preconditions: [] },
    { preconditions: { uid: 1 } },
    { preconditions: { resourceVersion: {} } },
    { dryRun: "None" },
    { dryRun: [1] },
  ])("answers a deletion with %j and deletes nothing", async (body) => {
    const caller = await aCaller();
    const path = `${TOKENS}/${caller.name}`;
    expect((await caller.send("DELETE", path, { body })).status).toBe(400);
    expect((await caller.send("GET", path)).status).toBe(200);
  });
});

describe("403", () => {
  test("answers another user's id, for an admin too", async () => {
    const other = await aCaller();
    const admin = await aCaller({ role: "admin" });
    const body = { spec: { userID: other.actor.userId } };
    const { status, json } = await admin.send("POST", TOKENS, { body });
    expect(status).toBe(403);
    expect(json.reason).toBe("Forbidden");
  });
});

describe("404", () => {
  test.each(["GET", "PUT", "PATCH", "DELETE"])(
    "%s of somebody else's token is the same answer, byte for byte, as of a missing one",
    async (method) => {
      const [owner, stranger] = [await aCaller(), await aCaller({ role: "verifier" })];
      const bodies =
        method === "GET"
          ? [undefined]
          : [
              {},
              { spec: { enabled: false } },
              { spec: { ttl: "x" } },
              { metadata: { resourceVersion: "1" } },
              { preconditions: { uid: "x" } },
              { spec: { userID: owner.actor.userId } },
            ];
      const before = await storedTokens();
      for (const body of bodies) {
        for (const query of ["", "?dryRun=All"]) {
          const sent = body === undefined ? {} : { body };
          const theirs = await stranger.send(method, `${TOKENS}/${owner.name}${query}`, sent);
          const missing = await stranger.send(method, `${TOKENS}/${MISSING}${query}`, sent);
          expect(theirs.status).toBe(404);
          expect(missing.status).toBe(404);
          expect(theirs.text.replaceAll(owner.name, MISSING)).toBe(missing.text);
          expect([...theirs.headers]).toEqual([...missing.headers]);
        }
      }
      expect(await storedTokens()).toEqual(before);
    },
  );

  test("is a Status that names the token", async () => {
    const { json } = await (await aCaller()).send("GET", `${TOKENS}/${MISSING}`);
    expect(json).toEqual({
      ...failureOf(404, "NotFound", `tokens.ext.cattle.io "${MISSING}" not found`),
      details: { name: MISSING, group: "ext.cattle.io", kind: "tokens" },
    });
  });

  test("answers a PUT of a missing name, which makes no token", async () => {
    const caller = await aCaller();
    const answer = await caller.send("PUT", `${TOKENS}/${MISSING}`, { body: {} });
    expect(answer.status).toBe(404);
    expect((await caller.send("GET", TOKENS)).json.items).toHaveLength(1);
  });

  test("answers an address that is none", async () => {
    const { status, json } = await send("GET", "/apis/nothing/here");
    expect(status).toBe(404);
    expect(json).toEqual(
      failureOf(404, "NotFound", "the server could not find the requested resource"),
    );
  });

  test.each([
    "%00",
    "token-%00",
    "%ff",
    "%ud800",
    "..%2f..%2fetc",
    "%F0%9F%98%80",
    "a".repeat(7_000),
  ])("answers the name %s", async (name) => {
    const caller = await aCaller({ role: "admin" });
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      const sent = method === "GET" ? {} : { body: {} };
      expect((await caller.send(method, `${TOKENS}/${name}`, sent)).status).toBe(404);
    }
  });
});

describe("409", () => {
  test("answers a stale version in a PUT and a patch, and changes nothing", async () => {
    const caller = await aCaller();
    const created = await caller.create();
    const { name, resourceVersion } = created.metadata;
    const path = `${TOKENS}/${name}`;
    const fresh = await caller.send("PATCH", path, { body: { spec: { description: "b" } } });
    for (const method of ["PUT", "PATCH"]) {
      const body = { metadata: { resourceVersion }, spec: { description: "c" } };
      const { status, json } = await caller.send(method, path, { body });
      expect(status).toBe(409);
      expect(json.reason).toBe("Conflict");
      expect(json.message).toMatch(
        /^Operation cannot be fulfilled on tokens\.ext\.cattle\.io "token-\w+": /,
      );
      expect(json.details).toMatchObject({ name, kind: "tokens" });
    }
    expect((await caller.send("GET", path)).json).toEqual(fresh.json);
  });

  test("answers one of two PUTs of one version", async () => {
    const caller = await aCaller();
    const created = await caller.create();
    const path = `${TOKENS}/${created.metadata.name}`;
    const answers = await Promise.all(
      ["a", "b"].map((description) =>
        caller.send("PUT", path, { body: { ...created, spec: { description } } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("answers a deletion of another token than was meant", async () => {
    const caller = await aCaller();
    const created = await caller.create();
    const path = `${TOKENS}/${created.metadata.name}`;
    for (const preconditions of [{ uid: "x" }, { resourceVersion: "1" }]) {
      const answer = await caller.send("DELETE", path, { body: { preconditions } });
      expect(answer.status).toBe(409);
    }
    expect((await caller.send("GET", path)).status).toBe(200);
  });
});

describe("410", () => {
  test.each(["x", "AAAA", "bnVsbA", "WyJuYW1lIixmYWxzZSwiXHUwMDAwIiwiMSJd"])(
    "answers the cursor %s",
    async (cursor) => {
      const { status, json } = await (await aCaller()).send("GET", `${TOKENS}?continue=${cursor}`);
      expect(status).toBe(410);
      expect(json.reason).toBe("Expired");
    },
  );
});

describe("413", () => {
  test("answers a body of more than 512 KiB, and no token is made", async () => {
    const caller = await aCaller();
    const fill = (bytes: number) => `{"spec":{"descripton":"${"x".repeat(bytes - 26)}"}}`;
    expect((await caller.send("POST", TOKENS, { body: fill(524_288) })).status).toBe(201);
    const answer = await caller.send("POST", TOKENS, { body: fill(524_289) });
    expect(answer.status).toBe(413);
    expect(answer.json).toEqual(
      failureOf(413, "RequestEntityTooLarge", "the body must have at most 524288 bytes"),
    );
  });
});

describe("415", () => {
  test.each([
    ["POST", "text/plain"],
    ["POST", "application/x-www-form-urlencoded"],
    ["POST", "multipart/form-data; boundary=x"],
    ["POST", "application/merge-patch+json"],
    ["POST", "application/vnd.kubernetes.protobuf"],
    ["PUT", "text/plain"],
    ["PATCH", "application/json"],
    ["PATCH", "application/yaml"],
    ["PATCH", "application/strategic-merge-patch+json"],
    ["PATCH", "application/apply-patch+yaml"],
    ["DELETE", "text/plain"],
  ])("answers a %s of %s", async (method, mediaType) => {
    const caller = await aCaller();
    const path = method === "POST" ? TOKENS : `${TOKENS}/${caller.name}`;
    const headers = { "content-type": mediaType };
    const { status, json } = await caller.send(method, path, { body: "{}", headers });
    expect(status).toBe(415);
    expect(json).toMatchObject({ kind: "Status", reason: "UnsupportedMediaType", code: 415 });
    expect((await caller.send("GET", TOKENS)).json.items).toHaveLength(1);
  });

  test("does not answer parameters or capitals of a right type", async () => {
    const headers = { "content-type": "Application/JSON; charset=utf-8" };
    const answer = await (await aCaller()).send("POST", TOKENS, { body: {}, headers });
    expect(answer.status).toBe(201);
  });
});

describe("422", () => {
  test("has one cause for every bad field, all at once", async () => {
    const body = {
      metadata: { labels: { "a b": "x" }, annotations: { c: 1 } },
      spec: {
        description: 7,
        kind: "not a label",
        ttl: 9_999_999_999,
        enabled: "yes",
        clusterName: "c-1",
      },
    };
    const { status, json } = await (await aCaller()).send("POST", TOKENS, { body });
    expect(status).toBe(422);
    expect(json).toMatchObject({ kind: "Status", reason: "Invalid", code: 422 });
    expect(json.details).toMatchObject({ group: "ext.cattle.io", kind: "Token" });
    const causes: { reason: string; message: string; field: string }[] = json.details.causes;
    expect(causes.map((cause) => [cause.field, cause.reason])).toEqual([
      ["spec.kind", "FieldValueInvalid"],
      ["spec.description", "FieldValueTypeInvalid"],
      ["spec.enabled", "FieldValueTypeInvalid"],
      ["spec.clusterName", "FieldValueTooLong"],
      ["metadata.labels.a b", "FieldValueInvalid"],
      ["metadata.annotations.c", "FieldValueTypeInvalid"],
      ["spec.ttl", "FieldValueInvalid"],
    ]);
    for (const cause of causes) expect(json.message).toContain(`${cause.field}: ${cause.message}`);
  });

  test("says of a ttl what the rules say", async () => {
    const body = { spec: { ttl: 9_999_999_999 } };
    const { json } = await (await aCaller()).send("POST", TOKENS, { body });
    expect(json.message).toBe(
      'Token.ext.cattle.io "" is invalid: spec.ttl: Invalid value: 9999999999: must be between 1 and 7776000000 (auth-token-max-ttl-minutes)',
    );
  });

  test.each([-1, 1.5, "3600000", 1e308, 2 ** 53, true, [], {}])(
    "answers the ttl %j in a create and a patch",
    async (ttl) => {
      const caller = await aCaller({ role: "admin" });
      const created = await caller.send("POST", TOKENS, { body: { spec: { ttl } } });
      const patched = await caller.send("PATCH", `${TOKENS}/${caller.name}`, {
        body: { spec: { ttl } },
      });
      for (const { status, json } of [created, patched]) {
        expect(status).toBe(422);
        expect(json.details.causes.map((cause: { field: string }) => cause.field)).toEqual([
          "spec.ttl",
        ]);
      }
    },
  );

  test("answers a change of what is immutable, with a cause on each path", async () => {
    const caller = await aCaller({ role: "admin" });
    const spec = {
      userID: "user-other",
      kind: "other",
      clusterName: "c-1",
      userPrincipal: { displayName: "somebody else" },
    };
    const { status, json } = await caller.send("PATCH", `${TOKENS}/${caller.name}`, {
      body: { spec },
    });
    expect(status).toBe(422);
    const causes: { field: string; message: string }[] = json.details.causes;
    expect(causes.map((cause) => cause.field).sort()).toEqual([
      "spec.clusterName",
      "spec.kind",
      "spec.userID",
      "spec.userPrincipal",
    ]);
    for (const { message } of causes) expect(message).toMatch(/: field is immutable$/);
  });
});

describe("500", () => {
  test("has a fixed text and the request id, and nothing is changed or told", async () => {
    const caller = await aCaller();
    takeLog();
    const secret = "canary-in-the-description";
    const body = { spec: { description: secret } };
    const answers = await whileAuditFails(async () => [
      await caller.send("POST", TOKENS, { body }),
      await caller.send("PATCH", `${TOKENS}/${caller.name}`, { body }),
      await caller.send("DELETE", `${TOKENS}/${caller.name}`),
    ]);
    for (const { status, json, text, headers } of answers) {
      expect(status).toBe(500);
      expect(json).toEqual(
        failureOf(
          500,
          "InternalError",
          "an internal error occurred; the log has it under request request-7",
        ),
      );
      expect(text).not.toMatch(/audit|insert|sql|postgres/i);
      expect(headers.get("cache-control")).toBe("no-store");
    }
    const lines = takeLog();
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ requestId: "request-7", level: 50 });
      expect(line).not.toContain(secret);
      expect(line).not.toContain(caller.bearer.split(":")[1]);
    }
    const { json } = await caller.send("GET", TOKENS);
    expect(json.items).toMatchObject([{ spec: { description: "calls" } }]);
  });
});

describe("503", () => {
  test("answers what the database could not do in time, with a time to wait", async () => {
    const caller = await aCaller();
    const path = `${TOKENS}/${caller.name}`;
    const answer = await whileTokenIsHeld(caller.name, () =>
      caller.send("PATCH", path, { body: { spec: { description: "b" } } }),
    );
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ reason: "ServiceUnavailable", code: 503 });
    expect(answer.json.details.retryAfterSeconds).toBe(5);
    expect(answer.headers.get("retry-after")).toBe("5");
  });
});

test("a user disabled between two requests is refused by the second", async () => {
  const caller = await aCaller();
  expect((await caller.send("GET", TOKENS)).status).toBe(200);
  await disableUser(caller.actor);
  expect((await caller.send("GET", TOKENS)).status).toBe(401);
});
