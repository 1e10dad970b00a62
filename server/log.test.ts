import { expect, test } from "vitest";
import { mintSecret, toBearer } from "@/domain/tokens/secret";
import { createLog } from "./log";

function logged(fields: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  createLog("info", { write: (line) => lines.push(line) }).info(fields, "request");
  return JSON.parse(lines.join(""));
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

test("a field that is not on the list is not in the log", () => {
  expect(logged({ token: "x", authorization: "x", headers: {}, status: 200 })).toEqual({
    level: "info",
    time: expect.any(String),
    status: 200,
    msg: "request",
  });
});
