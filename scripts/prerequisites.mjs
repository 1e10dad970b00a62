import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium, findProgram } from "./chromium.mjs";

const INSTALL_MS_MAX = 300_000;

/** Makes sure that a Chromium, a kubectl and an nginx are there: finds them, installs them, or throws. */
export function providePrerequisites() {
  if (!findChromium()) {
    run("npx", ["playwright", "install", "chromium"]);
    if (!findChromium()) installPackage("chromium");
  }
  if (!findChromium()) {
    throw new Error("Chromium is missing: npx playwright install --with-deps chromium");
  }
  if (!findProgram("kubectl")) installPackage("kubernetes-client");
  if (!findProgram("kubectl")) {
    throw new Error("kubectl is missing: see https://kubernetes.io/docs/tasks/tools");
  }
  if (!findProgram("nginx")) installPackage("nginx-light");
  if (!findProgram("nginx")) {
    throw new Error("nginx is missing: see https://nginx.org/en/docs/install.html");
  }
}

function installPackage(name) {
  const isRootOnDebian = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (!isRootOnDebian) return;
  console.log(`Installing the Debian package ${name}.`);
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name]);
}

function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: "inherit", env, timeout: INSTALL_MS_MAX }).status === 0;
}
