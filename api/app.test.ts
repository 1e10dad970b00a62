import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createApi, isProgramPath } from "./app";

describe("the addresses of programs", () => {
  test.each([
    ["/api", true],
    ["/apis", true],
    ["/apis/ext.cattle.io/v1/tokens", true],
    ["/api/v1", true],
    ["/openapi/v2", true],
    ["/version", true],
    ["/v1-public/login", true],
    ["/oauth2/introspect", true],
    ["/verify", true],
    ["/healthz", true],
    ["/readyz", true],
    ["/metrics", true],
    ["/api/auth", false],
    ["/api/auth/session", false],
    ["/api/authentication", true],
    ["/", false],
    ["/tokens", false],
    ["/versions", false],
    ["/apis2", false],
    ["/sign-in", false],
    ["/admin/tokens", false],
  ])("include %s: %s", (pathname, isProgram) => {
    expect(isProgramPath(pathname)).toBe(isProgram);
  });
});

describe("without a database", () => {
  const log = pino({ level: "silent" });

  test("the process lives and is not ready", async () => {
    const api = createApi({ log, isDraining: () => false });
    expect((await api.request("/healthz")).status).toBe(200);
    expect((await api.request("/readyz")).status).toBe(503);
  });

  test("a process that drains is not ready, and says so", async () => {
    const answer = await createApi({ log, isDraining: () => true }).request("/readyz");
    expect([answer.status, await answer.text()]).toEqual([503, "draining"]);
  });
});
