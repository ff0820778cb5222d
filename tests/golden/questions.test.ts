import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../harness/stack-settings.ts";

const page = readFileSync(join(root, "docs/questions.md"), "utf8");

/** The cases that a text links to: the title as it stands there, and the file. */
const linkedIn = (text: string) =>
  [...text.matchAll(/\[([^\]]+)\]\(\.\.\/(tests\/scenarios\/[\w.-]+\.cases\.ts)\)/g)].map(
    ([, title = "", file = ""]) => ({ title, file }),
  );

/** The titles of all cases that a file exports. */
async function titlesOf(file: string): Promise<string[]> {
  const module: Record<string, unknown> = await import(join(root, file));
  return Object.values(module).flatMap((value) =>
    Array.isArray(value) ? value.map(({ title }) => String(title)) : [],
  );
}

const sections = page.split(/^## /m).slice(1);

test("the page answers the eight questions, each with cases that show it", () => {
  expect(sections.map((section) => section[0])).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
  for (const section of sections) expect(linkedIn(section), section.split("\n")[0]).not.toEqual([]);
});

test("each case that the page links to is there under that title", async () => {
  for (const { title, file } of linkedIn(page)) expect(await titlesOf(file), file).toContain(title);
});
