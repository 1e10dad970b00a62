import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import type { AddressInfo } from "node:net";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { issueAuthority, issueCertificate } from "./certificates";
import { createHttpsServer, drain } from "./http";
import { provideTlsIdentity } from "./tls";

const DAY_MS = 86_400_000;
let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-tls-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const provide = (host = "127.0.0.1") => provideTlsIdentity({ dataDir, host, tlsFiles: undefined });

test("a client that trusts the authority connects by every name", async () => {
  const { cert, key, caFile = "" } = await provide("tokens.example.com");
  const server = createHttpsServer({ cert, key }, (_, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ca = readFileSync(caFile, "utf8");
  for (const servername of ["localhost", "tokens.example.com", hostname()]) {
    const status = await new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port, ca, servername, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).once("error", reject);
    });
    expect(status).toBe(200);
  }
  const certificate = new X509Certificate(cert);
  expect(certificate.checkIP("127.0.0.1")).toBeDefined();
  expect(certificate.checkIP("::1")).toBeDefined();
  expect(certificate.checkHost("other.example.com")).toBeUndefined();
  await drain(server);
});

test("authority and certificate are kept, their keys for the owner alone", async () => {
  const first = await provide();
  expect(await provide()).toEqual(first);
  expect(statSync(path.join(dataDir, "tls/ca.key")).mode & 0o777).toBe(0o600);
  expect(statSync(path.join(dataDir, "tls/server.key")).mode & 0o777).toBe(0o600);
});

test("another host name gets another certificate of the same authority", async () => {
  const first = await provide();
  const ca = readFileSync(first.caFile ?? "", "utf8");
  const second = await provide("tokens.example.com");
  expect(second.cert).not.toBe(first.cert);
  expect(readFileSync(second.caFile ?? "", "utf8")).toBe(ca);
  expect(new X509Certificate(second.cert).verify(new X509Certificate(ca).publicKey)).toBe(true);
});

test("a certificate that ends within 30 days is renewed", async () => {
  const first = await provide();
  const read = (file: string) => readFileSync(path.join(dataDir, "tls", file), "utf8");
  const old = await issueCertificate(
    { cert: read("ca.crt"), key: read("ca.key") },
    { names: ["localhost", "127.0.0.1", "::1", hostname()], lifetimeMs: 29 * DAY_MS },
  );
  writeFileSync(path.join(dataDir, "tls/server.crt"), old.cert);
  writeFileSync(path.join(dataDir, "tls/server.key"), old.key);
  const renewed = await provide();
  expect([first.cert, old.cert]).not.toContain(renewed.cert);
});

test("the operator's own certificate is used, and must fit its key", async () => {
  const [own, other] = [await issueAuthority({ lifetimeMs: DAY_MS }), await provide()];
  const certFile = path.join(dataDir, "own.crt");
  const keyFile = path.join(dataDir, "own.key");
  writeFileSync(certFile, own.cert);
  writeFileSync(keyFile, own.key);
  const given = { dataDir, host: "127.0.0.1", tlsFiles: { certFile, keyFile } };
  expect(await provideTlsIdentity(given)).toEqual({ cert: own.cert, key: own.key });
  writeFileSync(keyFile, other.key);
  await expect(provideTlsIdentity(given)).rejects.toThrow("TLS_KEY_FILE");
});
