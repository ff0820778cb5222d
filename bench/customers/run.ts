import { medianTime } from "../measure.ts";
import type { Figures } from "../table.ts";
import { holdEqual } from "./equal.ts";
import { customer, domainOf, naive, own, Project } from "./project.ts";
import { repeated } from "./state.ts";

type Say = (line: string) => void;

/** One customer is the start-up, which the others are compared with. */
export const counts = [1, 10, 100, 1000];
const proven = 10;
const first = customer(0).slug;
const many = (count: number) => Array.from({ length: count }, (_, n) => customer(n));
const changed = (count: number) => [{ ...customer(0), displayName: "Changed" }, ...many(count).slice(1)];

interface Work {
  readonly work: () => Promise<unknown>;
  /** Whether it takes minutes among a thousand, where it is then measured once. */
  readonly long?: true;
}

/** What is under way, for a run that is broken off. */
const open = new Set<Project>();

/** Ends and deletes all that a run that is broken off has made. */
export async function closeAll(): Promise<void> {
  for (const project of open) await project.close();
}

/**
 * What it costs to see one customer's change among so many. The state is that of an `up` of one customer, repeated and imported: an `up` of a
 * thousand takes long. At ten it is held against a real one.
 * @param times how often each is measured; its median counts
 */
export async function customerTimes(counted: readonly number[], times: number, say: Say): Promise<Figures> {
  const rows: { name: string; values: number[] }[] = [];
  const measureAll = async (project: Project, works: Readonly<Record<string, Work>>) => {
    const state = await project.state();
    for (const count of counted) {
      const slugs = many(count).map(({ slug }) => slug);
      await project.import(repeated(state, first, slugs, (slug) => domainOf({ slug })));
      project.write(changed(count));
      for (const [name, { work, long }] of Object.entries(works)) {
        // tinybench tries a function that is not async by its looks once more, beside the first.
        const milliseconds = await medianTime(async () => void (await work()), long && count > 100 ? 1 : times);
        const row = rows.find((known) => known.name === name) ?? { name, values: [] };
        if (row.values.length === 0) rows.push(row);
        row.values.push(milliseconds / 1000);
        say(`${name}, ${count} customers: ${(milliseconds / 1000).toFixed(1)} s`);
      }
    }
  };

  await within(own, say, async (project) => {
    await prove(project, say);
    await measureAll(project, {
      "preview of one customer": { work: () => project.customer("preview", first) },
      "the same, the state in a bucket": { work: () => project.customerByExport("preview", first) },
      "preview of all": { work: () => project.pulumi("preview", "--stack", "local"), long: true },
      check: { work: () => project.customer("check") },
    });
  });
  await within(naive, say, async (project) => {
    project.write(many(1));
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "local");
    const work = () => project.pulumi("preview", "--stack", "local");
    await measureAll(project, { "naive program: preview": { work, long: true } });
  });
  return { title: "seconds, with so many customers", columns: counted.map(String), rows };
}

/** Leaves the project with one customer, after the state of ten was held against a real `up` of ten. */
async function prove(project: Project, say: Say): Promise<void> {
  const up = async (count: number) => {
    project.write(many(count));
    await project.pulumi("up", "--yes", "--skip-preview", "--stack", "local");
  };
  await up(1);
  const state = await project.state();
  const plain = await project.state({ plain: true });
  await up(proven);
  const slugs = many(proven).map(({ slug }) => slug);
  holdEqual(
    repeated(plain, first, slugs, (slug) => domainOf({ slug })),
    await project.state({ plain: true }),
  );
  say(`the state of ${proven} customers that is made is the one that an up of ${proven} makes`);
  await project.import(state);
}

async function within(program: typeof own, say: Say, work: (project: Project) => Promise<void>): Promise<void> {
  const project = await Project.create(program, say);
  open.add(project);
  try {
    await work(project);
  } finally {
    open.delete(project);
    await project.close();
  }
}
