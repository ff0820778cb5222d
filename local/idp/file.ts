import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import { Providers } from "./description.ts";

/**
 * Reads a file of identity providers. Throws an Error with everything that is wrong, each with file and place; no value is quoted, for
 * any could be a secret.
 */
export function readProviders(file: string): Providers {
  const read = Providers.safeParse(parsed(file));
  if (read.success) return read.data.providers;
  throw unusable(
    file,
    read.error.issues.map(({ path, message }) => `${placeOf(path)}${message}`),
  );
}

function parsed(file: string): unknown {
  const bytes = contentOf(file);
  if (!isUtf8(bytes)) throw unusable(file, ["not UTF-8"]);
  const lines = new LineCounter();
  const document = parseDocument(bytes.toString(), { lineCounter: lines });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length === 0) return document.toJS({ maxAliasCount: 0 });
  throw unusable(
    file,
    broken.map(({ code, pos }) => `line ${lines.linePos(pos[0]).line}: not YAML that can be read (${code})`),
  );
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw unusable(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
}

function unusable(file: string, faults: readonly string[]): Error {
  return new Error(
    ["The identity providers cannot be played.", ...faults.map((one) => `✖ ${file}: ${one}`)].join("\n"),
  );
}

/** `providers.acme.people[2].email: ` */
function placeOf(path: readonly PropertyKey[]): string {
  const parts = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return path.length === 0 ? "" : `${parts.join("").replace(/^\./, "")}: `;
}
