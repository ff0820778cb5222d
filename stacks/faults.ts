import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { plain, quoted } from "./schema/strict.ts";

/** One thing that a person must mend: where it stands, and what is wrong and allowed there. */
export interface Fault {
  /** The file, from the project's root. */
  readonly file: string;
  /** The place in the file, such as `connections.acme-sso.domains[0]`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The faults that a schema found, each at its place. */
export function faultsOf(file: string, error: z.ZodError, prefix: readonly PropertyKey[] = []): Fault[] {
  return error.issues.map((issue) => ({ file, path: placeOf([...prefix, ...issue.path]), message: issue.message }));
}

/** `a.b[0].c` */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === "number") return `${place}[${key}]`;
    const word = plain(String(key));
    return place === "" ? word : `${place}.${word}`;
  }, "");
}

/** A file's name as it stands in a line: quoted where it could be taken for more than that. */
function shown(file: string): string {
  return /^[\w./ -]{1,255}$/.test(file) ? file : quoted(file);
}

/** A fault in one line. */
export function lineOf({ file, path, message }: Fault): string {
  return `${shown(file)}${path === "" ? "" : `: ${path}`}: ${message}`;
}

/** All faults in one error, which ends the program without a stack trace before any resource is registered. */
export function refusal(stack: string, faults: readonly Fault[]): pulumi.RunError {
  const lines = faults.map((fault) => `✖ ${lineOf(fault)}`);
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return new pulumi.RunError(
    [`Stack ${stack} cannot be used as it is set: ${count}. Nothing was changed.`, ...lines].join("\n"),
  );
}

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
}
