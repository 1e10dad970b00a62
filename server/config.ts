import path from "node:path";
import { z } from "zod";
import { StartRefused } from "./start-refused";

export interface Config {
  port: number;
  /** Undefined: no HTTPS. */
  httpsPort: number | undefined;
  host: string;
  dataDir: string;
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined;
  administrator: { username: string; password?: string };
  publicUrl: string;
  /** Whom tokens are for, in the words of a TokenReview. */
  audiences: readonly string[];
  /** Undefined: one is made and kept in the data directory. */
  secret: string | undefined;
  tlsFiles: { certFile: string; keyFile: string } | undefined;
  trustedProxies: number;
  /** Where `/metrics` asks for no token; undefined: nowhere. */
  metrics: { host: string; port: number } | undefined;
  logLevel: LogLevel;
}

export type LogLevel = (typeof LOG_LEVELS)[number];

type Variables = Partial<Record<string, string>>;

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const SECRET_BYTES_MIN = 32;

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65_535));

const hostName = z.string().regex(/^[\w.:-]+$/);

// Signed with a key of the provider's alone: never `none`, and never the client's own secret.
const ID_TOKEN_ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

const environment = z.object({
  PORT: portNumber.default(3000),
  HTTPS_PORT: z
    .union([z.enum(["0", "off", ""]).transform(() => "off" as const), portNumber])
    .optional(),
  HOST: hostName.optional(),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^\s]+$/)
    .optional(),
  ADMIN_USERNAME: z.string().default("admin"),
  ADMIN_PASSWORD: z.string().optional(),
  NEXTAUTH_URL: z.string().refine(isOrigin).optional(),
  TOKEN_AUDIENCES: z
    .string()
    .regex(/^[^\s,]+( *, *[^\s,]+)*$/)
    .optional(),
  NEXTAUTH_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= SECRET_BYTES_MIN)
    .optional(),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  METRICS_PORT: portNumber.optional(),
  METRICS_HOST: hostName.default("127.0.0.1"),
  OIDC_ISSUER: z.string().refine(isIssuer).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(64).optional(),
  OIDC_ADMIN_GROUP: z.string().optional(),
  OIDC_SCOPE: z
    .string()
    .regex(/(^|\s)openid(\s|$)/)
    .optional(),
  OIDC_ID_TOKEN_ALGORITHM: z.enum(ID_TOKEN_ALGORITHMS).optional(),
  TRUST_PROXY: z
    .union([
      z.enum(["off", "false"]).transform(() => 0),
      z.string().regex(/^\d$/).transform(Number),
    ])
    .default(0),
  LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
});

const ALLOWED: Partial<Record<string, string>> = {
  PORT: "a port from 1 to 65535",
  HTTPS_PORT: "a port from 1 to 65535, or `off`",
  HOST: "a host name or an address, without a port",
  METRICS_PORT: "a port from 1 to 65535",
  METRICS_HOST: "a host name or an address, without a port",
  DATABASE_URL: "like postgres://user:password@host:5432/database",
  NEXTAUTH_URL: "like https://tokens.example.com, without a path",
  TOKEN_AUDIENCES: "names without spaces, separated by commas",
  NEXTAUTH_SECRET: `at least ${SECRET_BYTES_MIN} bytes of randomness`,
  OIDC_ISSUER: "the https address that the provider calls itself, such as https://id.example.com",
  OIDC_NAME: "at most 64 characters",
  OIDC_SCOPE: "scopes separated by spaces, openid among them",
  OIDC_ID_TOKEN_ALGORITHM: `one of ${ID_TOKEN_ALGORITHMS.join(", ")}`,
  TRUST_PROXY: "the number of proxies in front, 0 to 9, or `off`",
  LOG_LEVEL: `one of ${LOG_LEVELS.join(", ")}`,
};

/** Reads the environment; throws StartRefused naming the first variable that will not do. */
export function parseConfig(variables: Variables): Config {
  const values = readEnvironment(variables);
  const isEmbedded = values.DATABASE_URL === undefined;
  if (!isEmbedded) {
    requireVariable("NEXTAUTH_URL", values.NEXTAUTH_URL);
    requireVariable("NEXTAUTH_SECRET", values.NEXTAUTH_SECRET);
  }
  requireWholeOidc(values);
  const publicUrl = values.NEXTAUTH_URL?.replace(/\/$/, "") ?? `http://localhost:${values.PORT}`;
  return {
    port: values.PORT,
    httpsPort: chooseHttpsPort(values.HTTPS_PORT, { isEmbedded, port: values.PORT }),
    host: values.HOST ?? (isEmbedded ? "127.0.0.1" : "0.0.0.0"),
    dataDir: path.resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    administrator: {
      username: values.ADMIN_USERNAME,
      ...(values.ADMIN_PASSWORD === undefined ? {} : { password: values.ADMIN_PASSWORD }),
    },
    publicUrl,
    audiences: values.TOKEN_AUDIENCES?.split(/ *, */) ?? [publicUrl],
    secret: values.NEXTAUTH_SECRET,
    tlsFiles: pairTlsFiles(values.TLS_CERT_FILE, values.TLS_KEY_FILE),
    trustedProxies: values.TRUST_PROXY,
    metrics: values.METRICS_PORT
      ? { host: values.METRICS_HOST, port: values.METRICS_PORT }
      : undefined,
    logLevel: values.LOG_LEVEL,
  };
}

/** Only where the data is, for commands that serve nobody. */
export function parseDatabaseConfig(variables: Variables): Pick<Config, "dataDir" | "databaseUrl"> {
  const { DATA_DIR, DATABASE_URL } = variables;
  const values = readEnvironment({ DATA_DIR, DATABASE_URL });
  return { dataDir: path.resolve(values.DATA_DIR), databaseUrl: values.DATABASE_URL };
}

function readEnvironment(variables: Variables): z.infer<typeof environment> {
  const parsed = environment.safeParse(withoutBlanks(variables));
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0]);
  throw new StartRefused(`${name} must be ${ALLOWED[name] ?? "set otherwise"}`);
}

// A compose file passes a variable that is not set as an empty one. HTTPS_PORT= says `off`.
function withoutBlanks(variables: Variables): Record<string, string> {
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && (value !== "" || name === "HTTPS_PORT")) set[name] = value;
  }
  return set;
}

function requireVariable(name: string, value: string | undefined): void {
  if (value === undefined) throw new StartRefused(`${name} is required with DATABASE_URL`);
}

function chooseHttpsPort(
  given: number | "off" | undefined,
  { isEmbedded, port }: { isEmbedded: boolean; port: number },
): number | undefined {
  const chosen = given ?? (isEmbedded ? 3443 : "off");
  if (chosen === port) throw new StartRefused("HTTPS_PORT must differ from PORT");
  return chosen === "off" ? undefined : chosen;
}

function pairTlsFiles(certFile: string | undefined, keyFile: string | undefined) {
  if (certFile && keyFile) return { certFile, keyFile };
  if (certFile || keyFile) {
    throw new StartRefused("TLS_CERT_FILE and TLS_KEY_FILE must be set together");
  }
  return undefined;
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && value.replace(/\/$/, "") === url.origin;
}

// Over plain HTTP whoever listens could sign in as anybody; on this machine nobody does.
function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && isLocal)) && !search && !hash;
}

function requireWholeOidc(values: z.infer<typeof environment>): void {
  const names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;
  const missing = names.find((name) => values[name] === undefined);
  const given = names.find((name) => values[name] !== undefined);
  if (missing && given) throw new StartRefused(`${missing} is required with ${given}`);
}
