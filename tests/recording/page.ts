import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/stack-settings.ts";

const page = readFileSync(join(root, "docs/onboard-a-customer.md"), "utf8");
const path = page.split("\n## ").find((part) => part.startsWith("From `customer add` to the first login\n")) ?? "";
const blocks = (language: string) =>
  [...path.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, inside = ""]) => inside);

/** The commands by which the page leads to a first login, in order; one may go over several lines. */
export const commands: readonly string[] = blocks("sh").flatMap(commandsIn);

/** Lines, without what another machine has other numbers for. */
export function withoutPorts(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/localhost:\d+/, "localhost"));
}

/** What the last of them prints, as the page says it. */
export const login: readonly string[] = blocks("text").flatMap(withoutPorts);

/** A line that ends in a backslash goes on, and so does one that begins a here-document. */
function commandsIn(block: string): string[] {
  const found: string[] = [];
  let [open, end]: [string[], string | undefined] = [[], undefined];
  for (const line of block.trimEnd().split("\n")) {
    open.push(line);
    end ??= /<<'(\w+)'$/.exec(line)?.[1];
    if (end === undefined ? line.endsWith("\\") : line !== end) continue;
    found.push(open.join("\n"));
    [open, end] = [[], undefined];
  }
  return found;
}
