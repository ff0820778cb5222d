import { defineConfig } from "vitest/config";
import { breaking } from "./breaks/plugin.ts";

const project = (
  name: string,
  more: {
    testTimeout?: number;
    hookTimeout?: number;
    fileParallelism?: boolean;
    maxWorkers?: number;
    globalSetup?: string;
  } = {},
) => ({
  plugins: breaking(process.env.BREAK),
  test: { name, include: [`tests/${name}/**/*.test.ts`], root: ".", ...more },
});

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      // No clock decides a test: a busy machine takes its time.
      project("unit", { testTimeout: 120_000, hookTimeout: 120_000 }),
      project("golden", { testTimeout: 120_000, hookTimeout: 120_000 }),
      project("scenarios", {
        testTimeout: 120_000,
        hookTimeout: 600_000,
        fileParallelism: false,
        globalSetup: "tests/stages/deployed.ts",
      }),
      project("attacks", {
        testTimeout: 120_000,
        hookTimeout: 600_000,
        fileParallelism: false,
        globalSetup: "tests/stages/deployed.ts",
      }),
      // Two at once: each file has a tenant of its own.
      project("properties", { testTimeout: 600_000, hookTimeout: 600_000, maxWorkers: 2 }),
      project("clients", { testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false }),
      // One at once: whether moto checks rights is set for all its accounts together.
      project("aws", {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        globalSetup: "tests/stages/moto.ts",
      }),
      project("browser", {
        testTimeout: 300_000,
        hookTimeout: 600_000,
        fileParallelism: false,
        globalSetup: "tests/stages/deployed.ts",
      }),
      // Two at once: one alone waits for the engine as often as it works.
      project("e2e", { testTimeout: 600_000, hookTimeout: 600_000, maxWorkers: 2 }),
    ],
  },
});
