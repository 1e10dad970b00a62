import fc from "fast-check";
import { expect, test } from "vitest";
import { mintSecret, toBearer } from "@/domain/tokens/secret";
import { createLog } from "./log";

function logged(fields: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  createLog("info", { write: (line) => lines.push(line) }).info(fields, "request");
  return JSON.parse(lines.join(""));
}

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test("a secret that somebody has put into an address is not in the log", () => {
  const secret = mintSecret();
  const path = `/apis/ext.cattle.io/v1/tokens/${secret.name}`;
  expect(logged({ path: `${path}:${secret.value}` }).path).toBe(`${path}:…`);
  expect(logged({ path: `/tokens/${toBearer(secret)}/x` }).path).toBe(
    `/tokens/ext/${secret.name}:…/x`,
  );
  expect(logged({ path })).toMatchObject({ path, msg: "request" });
});

test("an error quotes neither a secret nor what could not be parsed", () => {
  const secret = mintSecret();
  const parse = () => JSON.parse(`{"password":${secret.name}`);
  const errors = [caught(parse), new Error(`no ${toBearer(secret)}`, { cause: caught(parse) })];
  for (const err of [...errors, `thrown: ${toBearer(secret)}`]) {
    const line = JSON.stringify(logged({ err }));
    expect(line).not.toContain(secret.value);
    expect(line).not.toMatch(/password/);
  }
  expect(logged({ err: caught(parse) }).err).toMatchObject({
    type: "SyntaxError",
    message: "not to be parsed",
    stack: expect.stringContaining("log.test.ts"),
  });
});

test("a field that is not on the list is not in the log", () => {
  expect(logged({ token: "x", authorization: "x", headers: {}, status: 200 })).toEqual({
    level: "info",
    time: expect.any(String),
    status: 200,
    msg: "request",
  });
});

test("whatever a field says, it is in one line that reads back as the same", () => {
  const hostile = fc.constantFrom(
    '"}\n{"level":"fatal"',
    "\r\nforged",
    "\u001b[2J\u001b]0;title\u0007",
    "\u2028\u2029\u0085",
    "\u202Egpj.exe",
    "\u009b2J\u007f",
    "\u0000",
  );
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), hostile), (text) => {
      const lines: string[] = [];
      createLog("info", { write: (line) => lines.push(line) }).info({ reason: text }, text);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+\n$/u);
      expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", reason: text, msg: text });
    }),
  );
});
