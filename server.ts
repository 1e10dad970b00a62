import type { Server } from "node:http";
import type { Logger } from "pino";
import { createApi, isProgramPath } from "@/api/app";
import { createProgramHandler } from "@/api/program-handler";
import { createChecks } from "@/api/verify/checks";
import { startChangeFeed, stopChangeFeed } from "@/db/change-feed";
import { closeDatabase, openDatabase, query } from "@/db/client";
import { findUnheeded } from "@/db/probe";
import { startKeepingTrail } from "@/domain/audit/retain";
import { startRunningBulk, stopRunningBulk } from "@/domain/bulk/runner";
import { toDomainError } from "@/domain/errors";
import { startPruningChanges } from "@/domain/tokens/prune-changes";
import { startPurgingTokens } from "@/domain/tokens/purge-expired";
import { flushUses, startRecordingUses } from "@/domain/tokens/record-use";
import { startSweepingRisks } from "@/domain/tokens/sweep-risks";
import { endWatches } from "@/domain/tokens/watch";
import { createFirstAdministrator } from "@/domain/users/create-first-administrator";
import { startForgettingAttempts } from "@/domain/users/forget-attempts";
import { type Account, announceAccounts, announceAddresses } from "./server/announce";
import { noteApiAddress } from "./server/api-address";
import { type Config, parseConfig } from "./server/config";
import { lockDataDir } from "./server/data-dir";
import { migrate, startOwnDatabase } from "./server/database";
import { createHttpServer, createHttpsServer, drain, listen } from "./server/http";
import { createListener } from "./server/listener";
import { createLog, routeConsole } from "./server/log";
import { createMetricsServer } from "./server/metrics";
import { type PageHandler, preparePages } from "./server/pages";
import { provideSecrets } from "./server/secrets";
import { createShutdown, type Shutdown } from "./server/shutdown";
import { StartRefused } from "./server/start-refused";
import { provideTlsIdentity, type TlsIdentity } from "./server/tls";

export interface StartOptions {
  isDev?: boolean;
  /** Fills an empty database; what it returns is shown once. */
  seed?: () => Promise<Account[]>;
  /** Runs last when the process ends. */
  cleanUp?: () => Promise<void>;
}

const POOL_SIZE = 10;

/** Starts Latchkey and returns when it serves. Every way out ends the process in good order. */
export async function startServer(options: StartOptions = {}): Promise<void> {
  let log: Logger | undefined;
  const shutdown = createShutdown(() => log);
  shutdown.add("clean up", () => options.cleanUp?.());
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      log?.info({ signal }, "shutting down");
      shutdown.run(0);
    });
  }
  try {
    const config = parseConfig(process.env);
    log = createLog(config.logLevel);
    surviveErrors(log, shutdown);
    if (!options.isDev) routeConsole(log);
    await start(config, { ...options, log, shutdown });
  } catch (error) {
    if (shutdown.isRunning()) return;
    process.stderr.write(`latchkey: ${reasonOf(error)}\n`);
    await shutdown.run(1);
  }
}

async function start(
  config: Config,
  { log, shutdown, seed, isDev = false }: StartOptions & { log: Logger; shutdown: Shutdown },
): Promise<void> {
  const isEmbedded = config.databaseUrl === undefined;
  const hasOwnCertificate = config.httpsPort !== undefined && !config.tlsFiles;
  if (isEmbedded || hasOwnCertificate) {
    shutdown.add("release the lock", await lockDataDir(config.dataDir));
  }
  provideSecrets(config);

  // Next loads and certificates are made while the database starts.
  const identity = config.httpsPort === undefined ? undefined : provideTlsIdentity(config);
  const pages = preparePages(config, { isDev });
  const url = config.databaseUrl ?? startAndRegister(config.dataDir, shutdown);
  await Promise.all([identity, pages, url]);

  const { role, hasTextIndexes, laterMigrations } = await migrate(await url, { isEmbedded });
  if (laterMigrations > 0) {
    log.warn(
      { count: laterMigrations },
      "the database belongs to a later version of Latchkey: this one works with it, but it is not the newest",
    );
  }
  if (!hasTextIndexes) log.warn("no pg_trgm: text search reads row by row, which is slow");
  openDatabase({ url: await url, poolSize: POOL_SIZE, ...(role ? { role } : {}) });
  shutdown.add("close the database", closeDatabase);
  const unheeded = await query((db) => findUnheeded(db, role));
  if (unheeded.length > 0) {
    log.warn(`a pooler drops what its connections need (docs/operate.md): ${unheeded.join(", ")}`);
  }
  // Without it every check asks the database: a benchmark wants to know what that costs.
  if (process.env.LATCHKEY_BENCH_COLD !== "1") startChangeFeed(await url);
  shutdown.add("stop the change feed", stopChangeFeed);
  startRecordingUses();
  startPruningChanges();
  startPurgingTokens();
  startKeepingTrail();
  startForgettingAttempts();
  startSweepingRisks();
  startRunningBulk();
  shutdown.add("store the last uses", flushUses);
  shutdown.add("pause the bulk actions", stopRunningBulk);

  if (seed) announceAccounts("Sample accounts", await seed());
  await provideFirstAdministrator(config);

  await serve(config, { log, shutdown, pages: await pages, identity: await identity });
}

async function startAndRegister(dataDir: string, shutdown: Shutdown): Promise<string> {
  const starting = startOwnDatabase(dataDir);
  // Registered before it runs: a signal during the start must not leave it behind.
  shutdown.add("stop the embedded database", async () => {
    const database = await starting.catch(() => undefined);
    await database?.stop();
  });
  return (await starting).url;
}

async function provideFirstAdministrator({ administrator }: Config): Promise<void> {
  try {
    const created = await createFirstAdministrator(administrator);
    if (!created) return;
    const { username, password } = created;
    const shown = administrator.password === undefined ? { password } : {};
    announceAccounts("The first administrator", [{ username, ...shown, role: "admin" }]);
  } catch (error) {
    const refusal = toDomainError(error);
    if (refusal?.code !== "invalid") throw error;
    const problems = refusal.fields.map(
      ({ path, message }) => `ADMIN_${path.toUpperCase()} ${message}`,
    );
    throw new StartRefused(problems.join("; "));
  }
}

async function serve(
  config: Config,
  {
    log,
    shutdown,
    pages,
    identity,
  }: { log: Logger; shutdown: Shutdown; pages: PageHandler; identity: TlsIdentity | undefined },
): Promise<void> {
  const isDraining = shutdown.isRunning;
  const common = {
    log,
    isDraining,
    isProgramPath,
    findCheck: createChecks({ audiences: config.audiences, issuer: config.publicUrl }),
    trustedProxies: config.trustedProxies,
    hasRealCertificate: config.tlsFiles !== undefined,
    handlePage: pages,
    handleProgram: createProgramHandler(createApi({ log, isDraining })),
  };
  const { host, port, httpsPort } = config;
  const servers: Server[] = [];
  shutdown.add("finish the requests in flight", () => Promise.all(servers.map(drain)));
  shutdown.add("end the watches", endWatches);

  const plain = createHttpServer(createListener({ ...common, isTls: false }));
  await listen(plain, { host, port, variable: "PORT" });
  servers.push(plain);
  if (identity && httpsPort !== undefined) {
    const secure = createHttpsServer(identity, createListener({ ...common, isTls: true }));
    await listen(secure, { host, port: httpsPort, variable: "HTTPS_PORT" });
    servers.push(secure);
  }
  if (config.metrics) {
    const metrics = createMetricsServer(log);
    await listen(metrics, { ...config.metrics, variable: "METRICS_PORT" });
    servers.push(metrics);
  }
  noteApiAddress(config, identity);
  announceAddresses(config, identity?.caFile);
}

function surviveErrors(log: Logger, shutdown: Shutdown): void {
  process.on("unhandledRejection", (err) => log.error({ err }, "unhandled rejection"));
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "uncaught exception");
    shutdown.run(1);
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof StartRefused) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
