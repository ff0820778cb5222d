import { defineConfig } from "vitest/config";

/** The tests that judge a mutant of `access/`, `actions/`, `kit/` and `login/`: those that run the sources, not the bundled text. */
export default defineConfig({
  test: {
    include: ["tests/unit/{access,actions,kit,login}/**/*.test.ts"],
    exclude: ["tests/unit/actions/bundle.test.ts", "tests/unit/kit/plain.test.ts"],
    root: ".",
  },
});
