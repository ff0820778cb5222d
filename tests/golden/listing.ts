import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { type Declared, generatedSecret } from "../../cli/declared/declare.ts";
import { secretStandIn } from "../../stacks/stack-file.ts";

const component = /^auth0-b2b:/;

/**
 * What a program declared, for people: each component followed by what lies under it, every resource with its parent,
 * its guards (inherited ones too) and its inputs. Long texts are given by length and digest; secrets are masked.
 */
export function listing(declared: readonly Declared[]): string {
  const resources = declared.filter(({ type }) => type !== "pulumi:pulumi:Stack");
  const sorted = resources.toSorted((a, b) => (pathOf(a, declared) < pathOf(b, declared) ? -1 : 1));
  return `${sorted.map((resource) => block(resource, declared)).join("\n\n")}\n`;
}

function block(resource: Declared, all: readonly Declared[]): string {
  const parent = parentOf(resource, all);
  const under =
    parent && parent.type !== "pulumi:pulumi:Stack" ? `under ${short(parent.type)} ${parent.name}` : "at the top";
  const head = [
    `${short(resource.type)} ${resource.name}`,
    under,
    ...order(resource, all),
    ...guards(resource, all),
  ].join("   ");
  const inputs = component.test(resource.type) ? [] : lines("", resource.inputs);
  return [head, ...inputs.map((line) => `  ${line}`)].join("\n");
}

/** What must be there first, beside the inputs that come from elsewhere. */
function order({ opts }: Declared, all: readonly Declared[]): string[] {
  const first = [opts.dependsOn ?? []].flat().map((one) => all.find(({ resource }) => resource === one));
  return first.length === 0
    ? []
    : [`after ${first.map((one) => `${short(one?.type ?? "?")} ${one?.name}`).join(", ")}`];
}

function guards(resource: Declared, all: readonly Declared[]): string[] {
  const { opts } = resource;
  return [
    inherited(resource, all, (opts) => opts.protect) ? "protect" : "",
    opts.retainOnDelete ? "retainOnDelete" : "",
    opts.deleteBeforeReplace ? "deleteBeforeReplace" : "",
    opts.replacementTrigger === undefined ? "" : "replacementTrigger",
    opts.replaceOnChanges ? `replaceOnChanges ${opts.replaceOnChanges.join(", ")}` : "",
  ].filter((guard) => guard !== "");
}

function inherited<Value>(
  resource: Declared,
  all: readonly Declared[],
  read: (opts: pulumi.CustomResourceOptions) => Value | undefined,
): Value | undefined {
  const parent = parentOf(resource, all);
  return read(resource.opts) ?? (parent && inherited(parent, all, read));
}

function parentOf(resource: Declared, all: readonly Declared[]): Declared | undefined {
  return all.find(({ type, name }) => `${type}::${name}` === resource.parent);
}

/** Sorts a component before its children, and its children together. */
function pathOf(resource: Declared, all: readonly Declared[]): string {
  const parent = parentOf(resource, all);
  const own = `${component.test(resource.type) ? 1 : 0}${short(resource.type)} ${resource.name}`;
  return parent ? `${pathOf(parent, all)}/${own}` : own;
}

function short(type: string): string {
  return type.replace(/^auth0-b2b:/, "").replace(/^auth0:index\/\w+:/, "auth0.");
}

function lines(path: string, value: unknown): string[] {
  if (pulumi.runtime.isRpcSecret(value)) {
    // One secret inside makes the whole input secret; every leaf that is one holds the stand-in.
    return [`${path} is secret:`, ...lines(path, pulumi.runtime.unwrapRpcSecret(value)).map((line) => `  ${line}`)];
  }
  if (value === secretStandIn || value === generatedSecret) return [`${path} [secret]`];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return [`${path} ${JSON.stringify(value)}`];
  if (typeof value === "object" && value !== null) {
    return Object.keys(value)
      .sort()
      .flatMap((key) => lines(path === "" ? key : `${path}.${key}`, (value as Record<string, unknown>)[key]));
  }
  if (typeof value === "string" && value.includes("\n")) {
    const digest = createHash("sha256").update(value).digest("hex").slice(0, 12);
    return [`${path} ${value.split("\n").length} lines, sha256 ${digest}…`];
  }
  return [`${path} ${JSON.stringify(value).replaceAll(generatedSecret, "[secret]")}`];
}
