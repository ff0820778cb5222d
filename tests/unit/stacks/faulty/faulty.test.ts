import { expect, test } from "vitest";
import { config, faults, liveConfig, secret } from "../project.ts";
import { across } from "./across.ts";
import type { Faulty } from "./case.ts";
import { domainNames } from "./domains.ts";
import { endpoints } from "./endpoints.ts";
import { form } from "./form.ts";
import { limits } from "./limits.ts";

const table: Faulty[] = [...form, ...domainNames, ...endpoints, ...across, ...limits];

test.each(table)("$title: refused before anything is registered, in these words", (faulty) => {
  const { files, lines, stack = "local", previous = {}, unset = false, now, title: _, ...rest } = faulty;
  const named = JSON.stringify(files).includes("acme-secret") && !unset ? secret : {};
  const base = stack === "local" ? config : liveConfig;
  const project = { config: { ...base, ...named }, files, stack, previous, ...rest };
  const count = lines.length === 1 ? "1 fault" : `${lines.length} faults`;
  expect(faults({ ...project, ...(now === undefined ? {} : { now: new Date(now) }) })).toEqual([
    `Stack ${stack} cannot be used as it is set: ${count}. Nothing was changed.`,
    ...lines.map((line) => `✖ ${line.startsWith("stacks/") ? "" : `stacks/${stack}/customers/`}${line}`),
  ]);
});

test("the table is long, and says each thing once", () => {
  expect(table.length).toBeGreaterThanOrEqual(60);
  expect(new Set(table.map(({ title }) => title)).size).toBe(table.length);
});
