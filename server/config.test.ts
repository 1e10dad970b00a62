import { describe, expect, test } from "vitest";
import { parseConfig, parseDatabaseConfig } from "./config";
import { StartRefused } from "./start-refused";

const SECRET = "0123456789abcdef0123456789abcdef";
const DATABASE_URL = "postgres://latchkey:pw@db.example.com/latchkey";

describe("defaults", () => {
  test("the embedded database listens on this machine only, with HTTPS", () => {
    expect(parseConfig({})).toMatchObject({
      port: 3000,
      httpsPort: 3443,
      host: "127.0.0.1",
      databaseUrl: undefined,
      publicUrl: "http://localhost:3000",
      trustedProxies: 0,
      logLevel: "info",
      administrator: { username: "admin" },
    });
  });

  test("an own database listens everywhere, without HTTPS", () => {
    const NEXTAUTH_URL = "https://tokens.example.com/";
    expect(parseConfig({ DATABASE_URL, NEXTAUTH_URL, NEXTAUTH_SECRET: SECRET })).toMatchObject({
      httpsPort: undefined,
      host: "0.0.0.0",
      databaseUrl: DATABASE_URL,
      publicUrl: "https://tokens.example.com",
      secret: SECRET,
    });
  });

  test("tokens are for the public address unless told otherwise", () => {
    expect(parseConfig({}).audiences).toEqual(["http://localhost:3000"]);
    const TOKEN_AUDIENCES = "https://a.example.org, shop";
    expect(parseConfig({ TOKEN_AUDIENCES }).audiences).toEqual(["https://a.example.org", "shop"]);
  });

  test("metrics without a token are served only where that is asked for, on this machine", () => {
    expect(parseConfig({}).metrics).toBeUndefined();
    expect(parseConfig({ METRICS_PORT: "9464" }).metrics).toEqual({
      host: "127.0.0.1",
      port: 9464,
    });
  });

  test.each(["0", "off", ""])("HTTPS_PORT=%s turns HTTPS off", (HTTPS_PORT) => {
    expect(parseConfig({ HTTPS_PORT }).httpsPort).toBeUndefined();
  });

  test("an empty variable counts as unset", () => {
    expect(parseConfig({ PORT: "", DATABASE_URL: "", TRUST_PROXY: "" }).port).toBe(3000);
  });
});

describe("refusals name the variable", () => {
  test.each([
    ["PORT", { PORT: "0" }],
    ["PORT", { PORT: "65536" }],
    ["PORT", { PORT: "3000x" }],
    ["HTTPS_PORT", { HTTPS_PORT: "-1" }],
    ["HTTPS_PORT", { PORT: "4000", HTTPS_PORT: "4000" }],
    ["HOST", { HOST: "localhost/x" }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://db/x" }],
    ["NEXTAUTH_URL", { DATABASE_URL, NEXTAUTH_SECRET: SECRET }],
    ["NEXTAUTH_URL", { NEXTAUTH_URL: "https://example.com/console" }],
    ["NEXTAUTH_URL", { NEXTAUTH_URL: "javascript:alert(1)" }],
    ["NEXTAUTH_SECRET", { DATABASE_URL, NEXTAUTH_URL: "https://example.com" }],
    ["NEXTAUTH_SECRET", { NEXTAUTH_SECRET: SECRET.slice(1) }],
    ["TLS_KEY_FILE", { TLS_CERT_FILE: "tls.crt" }],
    ["TRUST_PROXY", { TRUST_PROXY: "yes" }],
    ["METRICS_PORT", { METRICS_PORT: "0" }],
    ["METRICS_HOST", { METRICS_PORT: "9464", METRICS_HOST: "a/b" }],
    ["TOKEN_AUDIENCES", { TOKEN_AUDIENCES: "a b" }],
    ["TOKEN_AUDIENCES", { TOKEN_AUDIENCES: "a,,b" }],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
  ])("%s of %o", (name, variables) => {
    const parse = () => parseConfig(variables);
    expect(parse).toThrow(StartRefused);
    expect(parse).toThrow(name);
  });

  test("a command that serves nobody needs no public address", () => {
    expect(parseDatabaseConfig({ DATABASE_URL, PORT: "x" }).databaseUrl).toBe(DATABASE_URL);
  });
});
