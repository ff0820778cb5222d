import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { declareBootstrap } from "../../../bootstrap/declare.ts";
import { readSettings } from "../../../bootstrap/settings.ts";
import type { Declared } from "../../../cli/declared/declare.ts";
import { PROJECT } from "../../../local/engine/folder.ts";
import type { RawConfig } from "../../../stacks/config.ts";
import { declareAws } from "../components/aws/graph.ts";

/** The committed example, as the CLI hands it over. @param changes of single keys; `undefined` leaves one out */
export function configured(changes: Readonly<Record<string, unknown>> = {}): RawConfig {
  const { config } = parse(readFileSync(join(PROJECT, "bootstrap/Pulumi.prod.yaml"), "utf8"));
  const given = Object.entries<unknown>({
    ...Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^.*:/, ""), value])),
    ...changes,
  }).filter(([, value]) => value !== undefined);
  const text = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));
  return { values: new Map(given.map(([key, value]) => [key, text(value)])), secretKeys: new Set() };
}

/** What the bootstrap of `prod` declares. */
export function declared(changes: Readonly<Record<string, unknown>> = {}, stack = "prod"): Promise<Declared[]> {
  return declareAws(() => declareBootstrap(readSettings(configured(changes), stack)));
}

/** A policy that was declared, as JSON. */
export function policyOf(all: readonly Declared[], type: string, name: string, key = "policy"): string {
  const found = all.find((one) => one.type.endsWith(`:${type}`) && one.name === name);
  if (typeof found?.inputs[key] !== "string") throw new Error(`no ${key} of ${type} ${name}`);
  return found.inputs[key];
}
