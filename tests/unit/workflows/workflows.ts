import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, parseDocument, visit } from "yaml";
import { z } from "zod";
import { PROJECT } from "../../../local/engine/folder.ts";

const folder = join(PROJECT, ".github/workflows");

const Step = z.record(z.string(), z.unknown()).and(
  z.object({
    uses: z.string().optional(),
    run: z.string().optional(),
    with: z.record(z.string(), z.unknown()).optional(),
    env: z.record(z.string(), z.string()).optional(),
  }),
);

const Job = z.record(z.string(), z.unknown()).and(
  z.object({
    if: z.string().optional(),
    needs: z.string().optional(),
    uses: z.string().optional(),
    environment: z.string().optional(),
    permissions: z.record(z.string(), z.string()).optional(),
    steps: z.array(Step).default([]),
  }),
);

const Workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.unknown().optional(),
  jobs: z.record(z.string(), Job),
});

export type Job = z.infer<typeof Job>;

/** What one `uses:` names, with the comment behind it. */
export interface Use {
  readonly uses: string;
  readonly comment: string | undefined;
}

export const files: readonly string[] = readdirSync(folder).toSorted();

export const text = (file: string): string => readFileSync(join(folder, file), "utf8");

export const workflow = (file: string): z.infer<typeof Workflow> => Workflow.parse(parseDocument(text(file)).toJS());

/** Every `uses:` of a file, of jobs and of steps. */
export function uses(file: string): Use[] {
  const found: Use[] = [];
  visit(parseDocument(text(file)), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== "uses" || !isScalar(value)) return;
      found.push({ uses: String(value.value), comment: value.comment?.trim() });
    },
  });
  return found;
}

/** The job `name` of a file. @throws Error when there is none */
export function job(file: string, name: string): Job {
  const found = workflow(file).jobs[name];
  if (found === undefined) throw new Error(`${file} has no job ${name}`);
  return found;
}

/** Every job of every file, as `file/job`. */
export const jobs: readonly (readonly [string, Job])[] = files.flatMap((file) =>
  Object.entries(workflow(file).jobs).map(([name, each]) => [`${file}/${name}`, each] as const),
);

/** The lines of the `sh` blocks of a page, without comments. */
export function commands(page: string): string[] {
  const blocks = readFileSync(join(PROJECT, page), "utf8").matchAll(/^```sh\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, block]) =>
    (block ?? "").split("\n").map((line) => line.replace(/\s+#.*$/, "").trim()),
  );
}

/** The targets of the Makefile that a person calls. */
export const targets: readonly string[] = [
  ...readFileSync(join(PROJECT, "Makefile"), "utf8").matchAll(/^([a-z]+):[^#\n]*## /gm),
].map(([, target]) => target ?? "");
