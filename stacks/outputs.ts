import * as pulumi from "@pulumi/pulumi";
import type { Directory } from "../access/directory.ts";
import type { declareTenant } from "./declare.ts";
import { directoryBeside } from "./others.ts";
import { isMap } from "./schema/strict.ts";

/** The stack's outputs. */
export type Outputs = Awaited<ReturnType<typeof declareTenant>>;

/** The same as the last `up` exported them, secrets in plain; an earlier version may have lacked some. */
export type Exported = Readonly<Partial<Record<keyof Outputs, unknown>>>;

/** The outputs of a run that declared one company: all that it did not declare stays as the last `up` exported it. */
export function besideOthers(declared: Outputs, slug: string, exported: Exported): Outputs {
  const before = hidden(exported) as Outputs;
  const own = <Value>(all: Readonly<Record<string, Value>>) => Object.entries(all).filter(([name]) => name === slug);
  return {
    ...before,
    companies: { ...before.companies, ...Object.fromEntries(own(declared.companies)) },
    directory: declared.directory.apply((directory) => {
      return directoryBeside(exported.directory as Directory, slug, directory);
    }),
    applied: {
      ...before.applied,
      companies: { ...before.applied.companies, ...Object.fromEntries(own(declared.applied.companies)) },
    },
  };
}

/** What the last `up` exported, without what it said of any other company. */
export function ofOne(exported: Exported, slug: string): Exported {
  const { companies, directory, applied, aws } = exported as Outputs & { readonly directory: Directory };
  const own = <Value>(all: Readonly<Record<string, Value>>, is: (name: string, value: Value) => boolean) =>
    Object.fromEntries(Object.entries(all).filter(([name, value]) => is(name, value)));
  return {
    ...exported,
    companies: own(companies, (name) => name === slug),
    // Where apps read it from AWS, it is one text with every company in it.
    directory: aws?.appSettings
      ? directory
      : { ...directory, organizations: own(directory.organizations, (_, one) => one.slug === slug) },
    applied: { ...applied, companies: own(applied.companies, (name) => name === slug) },
  };
}

/** The same values, with what a stack reference gave away made secret again. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (!isMap(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, name === "clientSecret" ? pulumi.secret(one) : hidden(one)]),
  );
}
