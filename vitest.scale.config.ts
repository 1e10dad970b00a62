import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config";

// Tests with a million rows: apart from the others, because they take minutes and all of a disk.
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ["db/**/*.explain.test.ts"],
      testTimeout: 120_000,
      hookTimeout: 300_000,
      fileParallelism: false,
    },
  }),
);
