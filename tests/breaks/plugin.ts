import { join } from "node:path";
import type { Plugin } from "vitest/config";
import { PROJECT } from "../../local/engine/folder.ts";
import { breaks } from "./all.ts";
import { broken } from "./break.ts";

/** Runs the tests on a tenant with the break that the environment variable BREAK names; without it on the tenant as it is. */
export function breaking(name: string | undefined): Plugin[] {
  if (name === undefined) return [];
  const found = breaks.find((one) => one.name === name);
  if (!found) throw new Error(`BREAK is none of tests/breaks: ${name}`);
  const file = join(PROJECT, found.file);
  return [
    {
      name: "break",
      enforce: "pre",
      // the file is kept apart from the one without the break in vitest's cache
      configureVitest: ({ defineCacheKeyGenerator }) =>
        defineCacheKeyGenerator(({ id }) => (id === file ? JSON.stringify(found) : undefined)),
      transform: (text, id) => (id === file ? { code: broken(found, text), map: null } : undefined),
    },
  ];
}
