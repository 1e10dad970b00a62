import { readFileSync } from "node:fs";
import { shownHost } from "./announce";
import type { Config } from "./config";
import type { TlsIdentity } from "./tls";

/**
 * Notes for the pages where kubectl reaches this installation: the public address when that is
 * https, else our own TLS listener with the authority that its certificate is from.
 */
export function noteApiAddress(config: Config, identity: TlsIdentity | undefined): void {
  const publicUrl = process.env.NEXTAUTH_URL ?? "";
  if (publicUrl.startsWith("https://")) {
    process.env.LATCHKEY_TLS_URL = new URL(publicUrl).origin;
  } else if (identity && config.httpsPort !== undefined) {
    process.env.LATCHKEY_TLS_URL = `https://${shownHost(config.host)}:${config.httpsPort}`;
    if (!identity.caFile) return;
    process.env.LATCHKEY_TLS_CA_DATA = readFileSync(identity.caFile).toString("base64");
  }
}
