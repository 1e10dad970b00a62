import { hkdfSync, randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "./config";

/**
 * Puts into the environment what next-auth and Next read from there. Without NEXTAUTH_SECRET one
 * is made and kept in the data directory, whose lock the caller holds.
 */
export function provideSecrets(config: Config): void {
  const secret = config.secret ?? keptSecret(path.join(config.dataDir, "nextauth-secret"));
  process.env.NEXTAUTH_URL = config.publicUrl;
  process.env.NEXTAUTH_SECRET = secret;
  // Next would use the key in its build: the same for everyone who has the build, and another one
  // after each. Derived, it is secret and equal on all replicas.
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= deriveKey(secret, "latchkey server actions");
}

function deriveKey(secret: string, purpose: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", purpose, 32)).toString("base64");
}

function keptSecret(file: string): string {
  try {
    const kept = readFileSync(file, "utf8").trim();
    if (kept) return kept;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const secret = randomBytes(32).toString("base64url");
  writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return secret;
}
