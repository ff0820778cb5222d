import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, isCollection, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { Written } from "./entries.ts";
import type { Fault } from "./faults.ts";

type Read = { readonly value: unknown } | { readonly faults: readonly Omit<Fault, "file">[] };

/**
 * The entries that have a file of their own: `stacks/<stack>/customers/<slug>.yaml`.
 * @param only the one that is read. @default all
 */
export function entryFiles(root: string, stack: string, only?: string): { written: Written[]; faults: Fault[] } {
  const folder = join("stacks", stack, "customers");
  const kind = kindOf(join(root, folder));
  if (kind === "nothing") return { written: [], faults: [] };
  if (kind !== "a folder")
    return { written: [], faults: [{ file: folder, path: "", message: `${kind}; allowed: a folder` }] };

  const written: Written[] = [];
  const faults: Fault[] = [];
  for (const name of readdirSync(join(root, folder)).sort()) {
    if (only !== undefined && name !== `${only}.yaml`) continue;
    const file = join(folder, name);
    const slug = /^(.+)\.yaml$/.exec(name)?.[1];
    const read = slug === undefined ? misnamed : readEntry(join(root, file));
    if ("faults" in read) faults.push(...read.faults.map((fault) => ({ ...fault, file })));
    else if (slug !== undefined) written.push({ slug, file, path: [], value: read.value });
  }
  return { written, faults };
}

const misnamed: Read = { faults: [{ path: "", message: "cannot be read; allowed here: files named <slug>.yaml" }] };

function readEntry(file: string): Read {
  const kind = kindOf(file);
  if (kind !== "a file") return { faults: [{ path: "", message: `${kind}; allowed: a file` }] };
  const text = utf8(readFileSync(file));
  if (text === undefined) return { faults: [{ path: "", message: "not UTF-8; allowed: a YAML file in UTF-8" }] };
  try {
    return readText(text);
  } catch (cause) {
    // The parser calls itself for each level, and ends where the stack does.
    if (!(cause instanceof RangeError)) throw cause;
    return { faults: [{ path: "", message: "nested too deep to be read; allowed: a company's entry" }] };
  }
}

function readText(text: string): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const faults = [
    // The parser's own words quote the file, which may hold a secret by mistake.
    ...[...document.errors, ...document.warnings].map(({ code, pos }) => ({
      path: `line ${lines.linePos(pos[0]).line}`,
      message: `not YAML that can be read (${code}); allowed: plain YAML 1.2`,
    })),
    ...references(document, lines),
    ...oddKeys(document, lines),
  ];
  // One slip can be many errors of the parser's in one line.
  const once = [...new Map(faults.map((fault) => [`${fault.path}: ${fault.message}`, fault])).values()];
  return once.length > 0 ? { faults: once } : { value: document.toJS() };
}

/** Anchors and aliases: an entry says what it says where it says it. */
function references(document: Document, lines: LineCounter): Omit<Fault, "file">[] {
  const faults: Omit<Fault, "file">[] = [];
  const note = (node: Node) => {
    const line = lines.linePos(node.range?.[0] ?? 0).line;
    faults.push({ path: `line ${line}`, message: "an anchor or alias; allowed: values written out" });
  };
  visit(document, {
    Alias: (_, alias) => note(alias),
    Value: (_, node) => {
      if (node.anchor !== undefined) note(node);
    },
  });
  return faults;
}

/** Keys that are lists or maps: the parser would make texts of them, and print them as a warning. */
function oddKeys(document: Document, lines: LineCounter): Omit<Fault, "file">[] {
  const faults: Omit<Fault, "file">[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return;
      const line = lines.linePos(key.range?.[0] ?? 0).line;
      faults.push({ path: `line ${line}`, message: "a list or map as a key; allowed: words as keys" });
    },
  });
  return faults;
}

function kindOf(path: string): "a file" | "a folder" | "nothing" | "neither file nor folder" {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return "nothing";
  if (stat.isFile()) return "a file";
  return stat.isDirectory() ? "a folder" : "neither file nor folder";
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined; // said as a fault by the caller
  }
}
