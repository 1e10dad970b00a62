import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The Chromium to test with: Playwright's own, else one of this system, else undefined. */
export function findChromium() {
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  return NAMES.map(findProgram).find(Boolean) ?? APPLICATIONS.find(existsSync);
}

/** The file of a program on the PATH, or undefined. */
export function findProgram(name) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(existsSync);
}
