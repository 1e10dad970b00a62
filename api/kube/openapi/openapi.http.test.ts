import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aCaller, SETTINGS, TOKENS, USERS } from "../../testing/client";
import { settingKind, settingListKind } from "../kinds/setting";
import { tokenKind, tokenListKind } from "../kinds/token";
import { userKind, userListKind } from "../kinds/user";
import { fromProtobuf } from "../protobuf/decode";

const GVK = "x-kubernetes-group-version-kind";
const TOKEN_GVK = { group: "ext.cattle.io", version: "v1", kind: "Token" };
const PROTOBUF = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

async function readDocument(group = "ext.cattle.io/v1") {
  const caller = await aCaller();
  const index = await caller.send("GET", "/openapi/v3");
  const { serverRelativeURL } = index.json.paths[`apis/${group}`];
  const [path, hash] = serverRelativeURL.split("?");
  expect(path).toBe(`/openapi/v3/apis/${group}`);
  expect(hash).toMatch(/^hash=[0-9A-F]{64}$/);
  return (await caller.send("GET", serverRelativeURL)).json;
}

describe("version 3", () => {
  test("names the kind of every operation and the parameters that kubectl looks for", async () => {
    const { paths } = await readDocument();
    expect(Object.keys(paths)).toEqual([TOKENS, `${TOKENS}/{name}`]);
    for (const operation of [
      ...Object.values(paths[TOKENS]),
      ...Object.values(paths[`${TOKENS}/{name}`]),
    ]) {
      expect(operation).toMatchObject({ [GVK]: TOKEN_GVK });
    }
    const parametersOf = (operation: { parameters: { name: string }[] }) =>
      operation.parameters.map(({ name }) => name);
    const writing = ["dryRun", "fieldManager", "fieldValidation"];
    expect(parametersOf(paths[TOKENS].post)).toEqual(writing);
    expect(parametersOf(paths[`${TOKENS}/{name}`].patch)).toEqual(["name", ...writing]);
    expect(parametersOf(paths[TOKENS].get)).toEqual(
      expect.arrayContaining(["labelSelector", "fieldSelector", "limit", "continue", "watch"]),
    );
  });

  test("has of users and settings what can be done with them, and no watch", async () => {
    const { paths } = await readDocument("management.cattle.io/v3");
    const methodsOf = (path: string) => Object.keys(paths[path]).sort();
    expect(Object.keys(paths).sort()).toEqual(
      [SETTINGS, `${SETTINGS}/{name}`, USERS, `${USERS}/{name}`].sort(),
    );
    expect(methodsOf(USERS)).toEqual(["get", "post"]);
    expect(methodsOf(`${USERS}/{name}`)).toEqual(["delete", "get", "patch", "put"]);
    expect(methodsOf(SETTINGS)).toEqual(["get"]);
    expect(methodsOf(`${SETTINGS}/{name}`)).toEqual(["get", "patch", "put"]);
    expect(JSON.stringify(paths)).not.toContain('"watch"');
  });

  test("says of a user and a setting what a person wants to know", async () => {
    const { components } = await readDocument("management.cattle.io/v3");
    const { User, Setting } = Object.fromEntries(
      ["User", "Setting"].map((kind) => [
        kind,
        components.schemas[`io.cattle.management.v3.${kind}`],
      ]),
    );
    expect(User.properties.role).toMatchObject({
      type: "string",
      enum: ["user", "verifier", "admin"],
      description: expect.stringContaining("other people's"),
    });
    expect(User.properties.password).toMatchObject({
      type: "string",
      format: "password",
      writeOnly: true,
      description: expect.stringContaining("never returned"),
    });
    expect(Setting.properties.value.type).toBe("string");
    expect(Setting.description).toContain("token-retention-days (30): ");
  });

  test.each(["ext.cattle.io/v1", "management.cattle.io/v3"])(
    "describes every field of %s",
    async (group) => {
      const { components } = await readDocument(group);
      const undescribed: string[] = [];
      const visit = (schema: Record<string, unknown>, path: string) => {
        for (const [name, field] of Object.entries(schema.properties ?? {})) {
          if (!field.description) undescribed.push(`${path}.${name}`);
          visit(field, `${path}.${name}`);
        }
      };
      for (const [name, schema] of Object.entries(components.schemas)) {
        visit(schema as Record<string, unknown>, name);
      }
      expect(undescribed).toEqual([]);
      expect(JSON.stringify(components.schemas)).not.toContain('"hash"');
    },
  );

  test("describes the fields of a token with the words of the domain", async () => {
    const { components } = await readDocument();
    const token = components.schemas["io.cattle.ext.v1.Token"];
    expect(token[GVK]).toEqual([TOKEN_GVK]);
    expect(token.properties.spec.properties.ttl).toMatchObject({
      type: "integer",
      format: "int64",
      description: expect.stringContaining("auth-token-max-ttl-minutes"),
    });
  });

  test("knows every field of a user and a setting that are served, and has no others", async () => {
    const admin = await aCaller({ role: "admin" });
    for (const [path, kind, listKind] of [
      [USERS, userKind, userListKind],
      [SETTINGS, settingKind, settingListKind],
    ] as const) {
      const { json } = await admin.send("GET", path);
      expect(() => strictly(listKind).parse(json)).not.toThrow();
      const [item] = json.items;
      expect(() => strictly(kind).parse(item)).not.toThrow();
      expect(() => strictly(kind).parse({ ...item, more: 1 })).toThrow();
    }
  });

  test("knows every field of a token that is served, and has no others", async () => {
    const caller = await aCaller();
    await caller.create({ kind: "session" });
    const list = await caller.send("GET", TOKENS);
    expect(() => strictly(tokenListKind).parse(list.json)).not.toThrow();
    const created = await caller.send("POST", TOKENS, { body: {} });
    expect(() => strictly(tokenKind).parse(created.json)).not.toThrow();
    expect(() => strictly(tokenKind).parse({ ...created.json, more: 1 })).toThrow();
  });
});

describe("version 2", () => {
  test("is JSON for whoever wants it", async () => {
    const caller = await aCaller();
    const { json } = await caller.send("GET", "/openapi/v2", { headers: { accept: "*/*" } });
    expect(json.swagger).toBe("2.0");
    const token = json.definitions["io.cattle.ext.v1.Token"];
    expect(token.properties.metadata).toEqual({
      $ref: "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
      description: expect.any(String),
    });
    expect(JSON.stringify(json)).not.toMatch(/nullable|writeOnly/);
  });

  test("is protobuf for kubectl, with the kinds and descriptions in it", async () => {
    const caller = await aCaller();
    const answer = await caller.send("GET", "/openapi/v2", { headers: { accept: PROTOBUF } });
    expect(answer.headers.get("content-type")).toMatch(/^application\/com\.github\.proto-openapi/);
    for (const text of [
      "io.cattle.ext.v1.Token",
      "io.cattle.management.v3.User",
      JSON.stringify([TOKEN_GVK]),
      "fieldValidation",
    ]) {
      expect(answer.text).toContain(text);
    }
  });
});

test("protobuf that is cut off anywhere is refused or read, and never more than that", () => {
  const whole = Buffer.from(
    "k8s\0\x0a\x08\x0a\x02v1\x12\x02Ki\x12\x06\x0a\x04\x12\x02ab",
    "latin1",
  );
  const shape = { 1: ["spec", { 2: "name" }] } as const;
  expect(fromProtobuf(whole, shape)).toEqual({
    apiVersion: "v1",
    kind: "Ki",
    spec: { name: "ab" },
  });
  for (let length = 0; length < whole.length; length += 1) {
    try {
      fromProtobuf(whole.subarray(0, length), shape);
    } catch (error) {
      expect(error).toMatchObject({ code: "badRequest" });
    }
  }
});

// The same schema, refusing what it does not name. What is free in form is left so.
function strictly(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return strictly(schema.unwrap() as z.ZodType).nullish();
  }
  if (schema instanceof z.ZodArray) return z.array(strictly(schema.element as z.ZodType));
  if (!(schema instanceof z.ZodObject)) return schema;
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
  return z.strictObject(Object.fromEntries(fields.map(([name, field]) => [name, strictly(field)])));
}
