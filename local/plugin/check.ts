import { type Naming, withDefaults } from "./defaults.ts";
import type { Marked } from "./marshal.ts";
import { toProvider, toPulumi } from "./properties.ts";
import type { Table } from "./table.ts";
import { type Fault, validate } from "./validate.ts";
import type { Dict } from "./value.ts";

export interface Checked {
  /** The inputs with defaults, secrets marked. */
  readonly inputs: Record<string, Marked>;
  /** Every reason to refuse them, one sentence each. */
  readonly failures: readonly string[];
}

/** Validates a resource's inputs and adds what the provider adds to them. @throws Error when a value cannot be read at all */
export function check(table: Table, news: Dict, olds: Dict | undefined, naming: Naming): Checked {
  const given = toProvider(table.fields, news);
  const named = presetsOnly(table, given, olds, naming);
  const failures = validate(table.fields, named).map((fault) => sentence(fault, naming.resourceName));
  const inputs = toPulumi(table.fields, withDefaults(table.fields, given, olds, naming));
  return { inputs, failures };
}

/** What the provider validates: presets and automatic names count as written, its own defaults do not. */
function presetsOnly(table: Table, given: Dict, olds: Dict | undefined, naming: Naming): Dict {
  const top = Object.entries(table.fields).filter(([, field]) => field.preset !== undefined || field.autoname);
  const presets = Object.fromEntries(top.map(([name, { default: _, fields: __, ...field }]) => [name, field]));
  const defaulted = withDefaults(presets, given, olds, naming);
  return Object.fromEntries(Object.entries(defaulted).filter(([name]) => !name.startsWith("__")));
}

function sentence(fault: Fault, resourceName: string): string {
  const reason = fault.detail ? `${fault.summary}. ${fault.detail}` : fault.summary;
  return `${reason}. Examine values at '${resourceName}.${fault.path}'.`;
}
