import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium, findProgram } from "./chromium.mjs";

const INSTALL_MS_MAX = 300_000;

/** Finds Chromium or installs it; throws with what to install. */
export function provideChromium() {
  const isFound = () => findChromium() !== undefined;
  if (isFound()) return;
  attempt("node", ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  if (isFound()) return;
  installPackage("chromium");
  if (isFound()) return;
  throw new Error(
    "Chromium is missing and could not be installed. Run `npx playwright install --with-deps chromium`, or install the package `chromium`.",
  );
}

/** Finds kubectl or installs it; throws with what to install. */
export function provideKubectl() {
  const isFound = () => findProgram("kubectl") !== undefined;
  if (isFound()) return;
  installPackage("kubernetes-client");
  if (isFound()) return;
  throw new Error(
    "kubectl is missing and could not be installed. Install it (Debian: the package `kubernetes-client`) and have it on the PATH.",
  );
}

function installPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
  attempt("apt-get", ["update"]);
  attempt("apt-get", ["install", "--yes", "--no-install-recommends", name]);
}

function attempt(program, args) {
  console.log(`$ ${program} ${args.join(" ")}`);
  try {
    execFileSync(program, args, {
      stdio: "inherit",
      timeout: INSTALL_MS_MAX,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch {
    console.log(`${program} could not do it.`);
  }
}
