import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: ["{api,app,auth,components,db,domain,prove,scripts,server}/**/*.test.{ts,tsx}"],
    exclude: ["**/*.explain.test.ts"],
    globalSetup: ["db/testing/global-setup.ts"],
    pool: "forks",
    // As for the journeys: each second try is told.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
