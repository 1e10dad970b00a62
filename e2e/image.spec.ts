import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { removeEmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded";
import { times } from "../prove/proof";
import { ask } from "./ask";
import { outputOf } from "./child-output";
import { followDockerfile, type Image, type Stand } from "./dockerfile";
import { expect, test } from "./fixtures";
import { freePorts } from "./latchkey";
import { makeToken } from "./ledger";
import { startNginx } from "./nginx";
import { ADMINISTRATOR } from "./people";
import { signIn, signInProgram } from "./sign-in";
import { copyTrees, linkTrees } from "./trees";

const IS_ROOT = process.getuid?.() === 0;
const NOBODY = 65_534;
const execute = promisify(execFile);

const COMPOSE: Compose = parse(readFileSync("compose.yaml", "utf8"));
const CHOSEN = {
  POSTGRES_PASSWORD: "of a database that another one stands for",
  NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
  ADMIN_PASSWORD: ADMINISTRATOR.password,
};

interface Compose {
  services: Record<string, { environment?: Record<string, string> }>;
  configs: { nginx: { content: string } };
}

test("what the Dockerfile makes runs as compose.yaml says behind its nginx, as somebody who may write nothing of it, and ends in good order", async ({
  newBrowser,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-image-"));
  await chmod(folder, 0o755);
  const database = await startEmbeddedDatabase({ dataDir: path.join(folder, "data") });
  const [front = 0, port = 0] = await freePorts(2);
  const url = `http://localhost:${front}`;
  let running: ChildProcess | undefined;
  let nginx: ChildProcess | undefined;
  try {
    const image = await followDockerfile("Dockerfile", {
      into: path.join(folder, "image"),
      stands,
    });
    expect(image.user).not.toMatch(/^(root|0)\b/);
    if (!IS_ROOT) await execute("chmod", ["-R", "a-w", image.workDir]);
    const before = path.join(folder, "before");
    writeFileSync(before, "");

    const started = start(image, {
      folder,
      environment: {
        ...readEnvironment("latchkey-1"),
        DATABASE_URL: database.url,
        NEXTAUTH_URL: url,
        HOST: "127.0.0.1",
        PORT: String(port),
      },
    });
    running = started.process;
    await expect
      .poll(
        () => {
          if (started.process.exitCode !== null) throw new Error(started.output());
          return statusOf(`http://127.0.0.1:${port}/readyz`);
        },
        { timeout: 60_000 },
      )
      .toBe(200);
    nginx = await startNginx(folder, { servers: readServers({ front, port }), port: front });

    const bearer = await signInProgram({ url }, { ...ADMINISTRATOR, username: "admin" });
    const { entry } = await makeToken(url, bearer, { entries: [] });
    expect((await ask(`${url}/verify`, entry?.bearer ?? "")).status).toBe(200);
    const context = await newBrowser({ baseURL: url });
    await signIn(context, { ...ADMINISTRATOR, username: "admin" });
    const page = await context.newPage();
    await page.goto("/tokens");
    await expect(page.getByRole("main").getByRole("row")).not.toHaveCount(0);

    const startedAt = performance.now();
    const exited = once(started.process, "exit");
    started.process.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(started.output()).not.toMatch(/EACCES|EROFS|EPERM|Building the pages/);
    const { stdout } = await execute("find", [image.workDir, "-newer", before]);
    expect(stdout).toBe("");
  } finally {
    nginx?.kill("SIGTERM");
    running?.kill("SIGKILL");
    await database.stop();
    await removeEmbeddedDatabase({ dataDir: path.join(folder, "data") });
    if (!IS_ROOT) await execute("chmod", ["-R", "u+w", folder]);
    await rm(folder, { recursive: true, force: true });
  }
});

// Linked where the files are somebody else's for whoever runs the image, as they are in it.
const provideTrees = IS_ROOT ? linkTrees : copyTrees;

// npm would have to ask its registry; a build of the same source is here already.
const stands: Record<string, Stand> = {
  "npm ci --omit=dev": async (workDir) => {
    const { packages } = JSON.parse(readFileSync(path.join(workDir, "package-lock.json"), "utf8"));
    const left = Object.keys(packages).filter((name) => packages[name].dev);
    await provideTrees(["node_modules"], workDir);
    await Promise.all(
      left.map((name) => rm(path.join(workDir, name), { recursive: true, force: true })),
    );
  },
  ...(times({ quick: 1, full: 0 }) && {
    "npm run build": async (workDir: string) => {
      await provideTrees([".next", "dist"], workDir);
    },
  }),
};

function start(
  { workDir, environment, command }: Image,
  given: { folder: string; environment: Record<string, string> },
) {
  // Where this one is, nobody else may be let in.
  const node = path.join(given.folder, "node");
  copyFileSync(process.execPath, node);
  const child = spawn(node, command.slice(1), {
    cwd: workDir,
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "production", PATH: "/usr/bin:/bin", ...environment, ...given.environment },
    ...(IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  return { process: child, output: outputOf(child) };
}

function readEnvironment(service: string): Record<string, string> {
  const { environment = {} } = COMPOSE.services[service] ?? {};
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, interpolate(value)]),
  );
}

function interpolate(text: string): string {
  return text.replaceAll(/\$\$|\$\{(\w+):([?-])([^}]*)\}/g, (found, name, sign, other) => {
    if (found === "$$") return "$";
    const value = new Map(Object.entries(CHOSEN)).get(name);
    if (value === undefined && sign === "?") throw new Error(`${name} is not documented`);
    return value ?? other;
  });
}

// The two processes of compose.yaml are one here.
function readServers(to: { front: number; port: number }): string {
  return interpolate(COMPOSE.configs.nginx.content)
    .replaceAll(/latchkey-\d:3000/g, `127.0.0.1:${to.port}`)
    .replace("listen 8080;", `listen 127.0.0.1:${to.front}; listen [::1]:${to.front};`);
}

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}
