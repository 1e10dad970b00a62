import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import type { Pair } from "./certificates";
import type { Config } from "./config";
import { StartRefused } from "./start-refused";

export interface TlsIdentity extends Pair {
  /** The authority to trust, when the certificate is one of our own making. */
  caFile?: string;
}

const DAY_MS = 86_400_000;
const CA_LIFETIME_MS = 3_650 * DAY_MS;
// Clients refuse a server certificate that is valid for longer than 398 days.
const CERTIFICATE_LIFETIME_MS = 365 * DAY_MS;
const RENEWAL_MS = 30 * DAY_MS;

/**
 * The certificate of TLS_CERT_FILE, or one signed by an own authority in `<dataDir>/tls`, made at
 * the first start and renewed when it ends within 30 days or the host names changed.
 */
export async function provideTlsIdentity(
  config: Pick<Config, "dataDir" | "host" | "tlsFiles">,
): Promise<TlsIdentity> {
  if (config.tlsFiles) return readTlsFiles(config.tlsFiles);
  const dir = path.join(config.dataDir, "tls");
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const names = subjectNames(config.host);
  const keptCa = readPair(dir, "ca");
  const ca = keptCa && !endsWithin(keptCa.cert, RENEWAL_MS) ? keptCa : undefined;
  const server = readPair(dir, "server");
  if (!ca || !server || !isFit(server.cert, ca.cert, names)) {
    await makeIdentity(dir, { ca, names });
  }
  const made = readPair(dir, "server");
  if (!made) throw new Error(`there is no certificate in ${dir}`);
  return { ...made, caFile: path.join(dir, "ca.crt") };
}

function readTlsFiles(files: { certFile: string; keyFile: string }): TlsIdentity {
  const cert = readGiven("TLS_CERT_FILE", files.certFile);
  const key = readGiven("TLS_KEY_FILE", files.keyFile);
  try {
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return { cert, key };
  } catch {
    throw new StartRefused(
      "TLS_CERT_FILE and TLS_KEY_FILE must be a certificate and its key in PEM",
    );
  }
  throw new StartRefused("TLS_KEY_FILE is not the key of the certificate in TLS_CERT_FILE");
}

function readGiven(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new StartRefused(`${name} ${file} cannot be read`);
  }
}

function subjectNames(host: string): string[] {
  const wildcards = ["0.0.0.0", "::"];
  const names = ["localhost", "127.0.0.1", "::1", hostname(), host];
  return [...new Set(names)].filter((name) => !wildcards.includes(name));
}

function readPair(dir: string, name: string): Pair | undefined {
  const [certFile, keyFile] = [path.join(dir, `${name}.crt`), path.join(dir, `${name}.key`)];
  if (!existsSync(certFile) || !existsSync(keyFile)) return undefined;
  const [cert, key] = [readFileSync(certFile, "utf8"), readFileSync(keyFile, "utf8")];
  try {
    // A crash between the two files leaves a pair that does not fit.
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
      ? { cert, key }
      : undefined;
  } catch {
    return undefined;
  }
}

function isFit(pem: string, caPem: string, names: string[]): boolean {
  const certificate = new X509Certificate(pem);
  const isCovered = (name: string) =>
    isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name);
  return (
    !endsWithin(pem, RENEWAL_MS) &&
    certificate.verify(new X509Certificate(caPem).publicKey) &&
    names.every((name) => isCovered(name) !== undefined)
  );
}

function endsWithin(pem: string, periodMs: number): boolean {
  return Date.parse(new X509Certificate(pem).validTo) - Date.now() < periodMs;
}

async function makeIdentity(
  dir: string,
  { ca, names }: { ca: Pair | undefined; names: string[] },
): Promise<void> {
  // Loaded only when there is something to make.
  const { issueAuthority, issueCertificate } = await import("./certificates");
  const authority = ca ?? (await issueAuthority({ lifetimeMs: CA_LIFETIME_MS }));
  if (!ca) writePair(dir, "ca", authority);
  const lifetimeMs = CERTIFICATE_LIFETIME_MS;
  writePair(dir, "server", await issueCertificate(authority, { names, lifetimeMs }));
}

function writePair(dir: string, name: string, pair: Pair): void {
  replaceFile(path.join(dir, `${name}.key`), `${pair.key}\n`, 0o600);
  replaceFile(path.join(dir, `${name}.crt`), `${pair.cert}\n`, 0o644);
}

function replaceFile(file: string, content: string, mode: number): void {
  writeFileSync(`${file}.new`, content, { mode, flush: true });
  renameSync(`${file}.new`, file);
}
