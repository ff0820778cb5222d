import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LineCounter, parseDocument } from "yaml";
import type { RawConfig } from "./config.ts";
import { isMap, plain } from "./schema/strict.ts";

/** Stands for the value of every secret: without the stack's passphrase or key nobody knows it, and no check needs it. */
export const secretStandIn = "a secret of the stack";

/** A stack's file as far as it can be read without the CLI. */
export interface StackFile {
  /** Without what the CLI decrypts: each secret is there, its value is not. */
  readonly config: RawConfig;
  /** The same as it is written. Keys come without the project's name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The tenant that the provider is set to, where the file says so (`auth0:domain`). */
  readonly domain: string | undefined;
}

/**
 * Reads `Pulumi.<stack>.yaml` as it stands in the checkout.
 * @throws pulumi.RunError where it is not there, or cannot be read; nothing of it is quoted
 */
export function readStackFile(root: string, stack: string): StackFile {
  const file = `Pulumi.${stack}.yaml`;
  const path = join(root, file);
  if (!existsSync(path)) throw new pulumi.RunError(`There is no ${plain(file)}: no stack ${plain(stack)} is set here.`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    throw new pulumi.RunError(`${file}: line ${line}: not YAML that can be read (${broken.code}).`);
  }
  const { config } = document.toJS() ?? {};
  const all = isMap(config) ? config : {};
  const domain = all["auth0:domain"];
  const own = Object.entries(all).flatMap(([key, value]): [string, unknown][] =>
    key.startsWith("auth0-b2b:") ? [[key.slice("auth0-b2b:".length), value]] : [],
  );
  const written = Object.fromEntries(own);
  return { config: rawConfig(written), values: written, domain: typeof domain === "string" ? domain : undefined };
}

/** Values as the CLI would hand them over; `{ secure: … }` marks a secret. Keys come without the project's name. */
export function rawConfig(config: Readonly<Record<string, unknown>>): RawConfig {
  const values = new Map<string, string>();
  const secretKeys = new Set<string>();
  for (const [key, value] of Object.entries(config)) {
    const secret = isMap(value) && "secure" in value;
    if (secret) secretKeys.add(key);
    values.set(key, secret ? (value.secure === "" ? "" : secretStandIn) : textOf(value));
  }
  return { values, secretKeys };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The same with secrets that are still to be set. */
export function withSecrets({ values, secretKeys }: RawConfig, names: readonly string[]): RawConfig {
  const known = new Map([...names.map((name) => [name, secretStandIn] as const), ...values]);
  return { values: known, secretKeys: new Set([...secretKeys, ...names.filter((name) => !values.has(name))]) };
}
