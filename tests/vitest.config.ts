import { defineConfig } from "vitest/config";

const project = (
  name: string,
  more: { testTimeout?: number; hookTimeout?: number; fileParallelism?: boolean } = {},
) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], root: ".", ...more },
});

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      project("unit"),
      project("golden"),
      project("e2e", { testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false }),
    ],
  },
});
