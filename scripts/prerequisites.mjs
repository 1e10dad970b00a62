import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { findChromium, findProgram } from "./chromium.mjs";

const INSTALL_MS_MAX = 300_000;

const KUBECTL_PACKAGE = "kubernetes-client";
const POSTGRESQL = "/usr/lib/postgresql";
const CLUSTER_SETTINGS = "/etc/postgresql-common/createcluster.d/latchkey.conf";
const UNPACKED = "dist/kubernetes-client";

// Programs of the system that journeys run, and where they come from.
const PROGRAMS = [
  { name: "kubectl", debian: KUBECTL_PACKAGE, page: "https://kubernetes.io/docs/tasks/tools" },
  { name: "nginx", debian: "nginx", page: "https://nginx.org/en/docs/install.html" },
  { name: "pg_ctl", debian: "postgresql", page: "https://www.postgresql.org/download" },
  { name: "pgbouncer", debian: "pgbouncer", page: "https://www.pgbouncer.org/install.html" },
  { name: "faketime", debian: "faketime", page: "https://github.com/wolfcw/libfaketime" },
];

/** Makes sure that a Chromium and those programs are there: finds them, installs them, or throws. */
export function providePrerequisites() {
  if (!findChromium()) {
    run("npx", ["playwright", "install", "chromium"]);
    if (!findChromium()) installPackage("chromium");
  }
  if (!findChromium()) {
    throw new Error("Chromium is missing: npx playwright install --with-deps chromium");
  }
  for (const { name, debian, page } of PROGRAMS) {
    if (!provideProgram(name, debian)) throw new Error(`${name} is missing: see ${page}`);
  }
  unpackOldKubectl();
}

/** Finds a program, or installs its Debian package where that is allowed; says whether it is there. */
export function provideProgram(program, packageName = program) {
  if (!find(program)) installPackage(packageName);
  return Boolean(find(program));
}

// Debian keeps the programs of a PostgreSQL server off the PATH.
function find(program) {
  const versions = existsSync(POSTGRESQL) ? readdirSync(POSTGRESQL) : [];
  return (
    findProgram(program) ??
    versions.map((version) => `${POSTGRESQL}/${version}/bin/${program}`).find(existsSync)
  );
}

// Debian's kubectl speaks an older protocol than others: it is tested too, installed or not.
function unpackOldKubectl() {
  const isInstalled = existsSync(`/usr/share/doc/${KUBECTL_PACKAGE}`);
  if (!existsSync("/etc/debian_version") || isInstalled || existsSync(UNPACKED)) return;
  mkdirSync("dist", { recursive: true });
  const download = () => run("apt-get", ["download", "-qq", KUBECTL_PACKAGE], "dist");
  if (!download() && run("apt-get", ["update", "-qq"])) download();
  const file = readdirSync("dist").find((name) => name.startsWith(`${KUBECTL_PACKAGE}_`));
  if (!file || !run("dpkg", ["-x", `dist/${file}`, UNPACKED])) {
    console.error("Debian's kubectl could not be had: the tests run with the other one alone.");
  }
}

function installPackage(name) {
  const isRootOnDebian = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (!isRootOnDebian) return;
  console.log(`Installing the Debian package ${name}.`);
  run("apt-get", ["update", "-qq"]);
  const isWithoutCluster = name === "postgresql" && !existsSync(CLUSTER_SETTINGS);
  // Its package would make a database and start it.
  if (isWithoutCluster) {
    mkdirSync(dirname(CLUSTER_SETTINGS), { recursive: true });
    writeFileSync(CLUSTER_SETTINGS, "create_main_cluster = false\n");
  }
  try {
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name]);
  } finally {
    if (isWithoutCluster) rmSync(CLUSTER_SETTINGS);
  }
}

function run(command, args, cwd = ".") {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return (
    spawnSync(command, args, { stdio: "inherit", env, cwd, timeout: INSTALL_MS_MAX }).status === 0
  );
}
