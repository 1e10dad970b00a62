import type { Config } from "./config";

export interface Account {
  username: string;
  /** Absent when the operator chose it: it is not repeated. */
  password?: string;
  role: string;
}

/** Tells the operator where Latchkey is. */
export function announceAddresses(
  { host, port, httpsPort }: Pick<Config, "host" | "port" | "httpsPort">,
  caFile: string | undefined,
): void {
  write(`Latchkey is ready at http://${shownHost(host)}:${port}`);
  if (httpsPort === undefined) return;
  const trust = caFile ? ` (its certificate authority: ${caFile})` : "";
  write(`Latchkey is ready at https://${shownHost(host)}:${httpsPort}${trust}`);
}

/** Shows passwords, once. They go to the terminal and never through the log. */
export function announceAccounts(title: string, accounts: readonly Account[]): void {
  const rule = "=".repeat(64);
  write(`\n${rule}\n  ${title}\n`);
  const width = Math.max(...accounts.map(({ username }) => username.length));
  for (const { username, password, role } of accounts) {
    const shown = password === undefined ? "as given" : password;
    write(`  username: ${username.padEnd(width)}   password: ${shown}   (${role})`);
  }
  write(`\n  This is shown only once.\n${rule}\n`);
}

/** The host as a person types it: a wildcard is reached as localhost. */
export function shownHost(host: string): string {
  if (["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
