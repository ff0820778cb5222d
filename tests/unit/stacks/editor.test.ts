import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { environments } from "../../../stacks/environments.ts";
import { editorLine, entryJsonSchema, stackJsonSchema, stackSchemaFile } from "../../../stacks/schema/json-schema.ts";
import { entryComplaints, stackComplaints } from "../../harness/editor.ts";
import { root } from "../../harness/stack-settings.ts";
import { pem } from "./certificates.ts";
import { rsa } from "./machines.ts";
import { config, customer, liveConfig, samlp, ses, smtp, vendor, withConnection } from "./project.ts";

// That editors accept what the program does is asked wherever a test of this folder loads settings (project.ts).

/** Every key that a schema knows, with what an editor says of it. */
function described(schema: unknown, path = ""): [key: string, description: unknown][] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === "if" || keyword === "then" || keyword === "else") return []; // of keys that are described elsewhere
    if (keyword !== "properties") return described(value, path);
    return Object.entries(Object(value)).flatMap(([key, inner]): [string, unknown][] => [
      [`${path}.${key}`, Object(inner).description],
      ...described(inner, `${path}.${key}`),
    ]);
  });
}

test("every key of an entry and of a stack's file is described in a sentence", () => {
  const entry = described(entryJsonSchema());
  const stacks = Object.values(environments).flatMap((environment) => described(stackJsonSchema(environment)));
  expect(new Set(entry.map(([key]) => key)).size).toBe(73);
  expect(new Set(stacks.map(([key]) => key)).size).toBe(66);
  const bare = [...entry, ...stacks].filter(([, text]) => typeof text !== "string" || !/^[\w"].{8,}\.$/.test(text));
  expect(bare).toEqual([]);
});

const checkedIn = (pattern: string) => globSync(pattern, { cwd: root }).toSorted();

test("the entries and the stacks' files that are here have no complaint", () => {
  const entries = checkedIn("stacks/*/customers/*.yaml");
  expect(entries).toHaveLength(5);
  for (const file of entries) {
    const text = readFileSync(join(root, file), "utf8");
    expect([file, entryComplaints(parse(text))]).toEqual([file, []]);
    const [first] = text.split("\n");
    expect(first).toBe(editorLine);
    expect(existsSync(resolve(dirname(join(root, file)), first?.split("$schema=")[1] ?? ""))).toBe(true);
  }
  for (const stack of Object.keys(environments)) {
    const text = readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8");
    expect([stack, stackComplaints(stack, parse(text))]).toEqual([stack, []]);
    expect(text.split("\n")[0]).toBe(
      `# yaml-language-server: $schema=stacks/schema/generated/${stackSchemaFile(stack)}`,
    );
  }
});

test("the editor's settings lead from every entry and stack's file to its schema", () => {
  const { "yaml.schemas": schemas } = JSON.parse(readFileSync(join(root, ".vscode/settings.json"), "utf8"));
  expect(schemas).toEqual({
    "./stacks/schema/generated/entry.schema.json": "stacks/*/customers/*.yaml",
    ...Object.fromEntries(
      Object.keys(environments).map((stack) => [
        `./stacks/schema/generated/${stackSchemaFile(stack)}`,
        `Pulumi.${stack}.yaml`,
      ]),
    ),
  });
  for (const file of Object.keys(schemas)) expect(existsSync(join(root, file))).toBe(true);
});

const saml = (change: object) => ({
  ...customer,
  connections: { "acme-sso": { ...samlp, certificate: pem, ...change } },
});
const oneConnection = (connection: object) => ({ ...customer, connections: { "acme-sso": connection } });
const machine = (change: object) => ({ ...customer, machines: { machine: { scopes: ["read:bookings"], ...change } } });
const adfs = { strategy: "adfs", domains: ["acme.example"] };

/** Entries that the program refuses for a reason that a schema can say. */
const faultyEntries: [title: string, entry: unknown][] = [
  ["is no object", []],
  ["has no type", { ...customer, type: undefined }],
  ["has an unknown type", { ...customer, type: "partner" }],
  ["has a key that nobody knows", { ...customer, status: "live" }],
  ["has another type's condition", { ...vendor, conditions: { api_access: "on" } }],
  ["has a condition that YAML takes for a boolean", { ...customer, conditions: { api_access: true } }],
  ["has an unknown state", { ...customer, state: "gone" }],
  ["has a name of nothing but a space", { ...customer, displayName: " " }],
  [
    "has a colour by its name",
    { ...customer, branding: { logoUrl: "https://a.example/x", primaryColor: "red", backgroundColor: "#fffbff" } },
  ],
  ["is a vendor with machines", { ...vendor, machines: { machine: { scopes: ["read:bookings"] } } }],
  ["has machines without API access", { ...machine({}), conditions: { api_access: "off" } }],
  ["makes clients without API access", { ...customer, conditions: { api_access: "off" }, limits: { credentials: 1 } }],
  ["has an app that does not admit it", { ...vendor, apps: ["portal"] }],
  ["has a role that does not exist", { ...vendor, memberRoles: ["admin"] }],
  ["names one thing twice", { ...vendor, subdomains: ["a", "a"] }],
  ["has a break-glass address in capitals", { ...customer, breakGlass: "Admin@acme.example" }],
  ["has no connections where it names them", { ...customer, connections: {} }],
  ["has a connection's name in capitals", { ...customer, connections: { Acme: customer.connections["acme-sso"] } }],
  ["has a connection without strategy", withConnection({ strategy: undefined })],
  ["has a connection of an unknown strategy", withConnection({ strategy: "ldap" })],
  ["has a key of another strategy", withConnection({ certificate: pem })],
  ["has its secret in plain", withConnection({ clientSecret: "hunter2" })],
  ["has its secret in two places", withConnection({ clientSecret: { config: "acme-secret", arn: "arn" } })],
  ["has an ARN of something else", withConnection({ clientSecret: { arn: "arn:aws:s3:::bucket" } })],
  ["has no domains", withConnection({ domains: [] })],
  ["has a domain in capitals", withConnection({ domains: ["Acme.example"] })],
  ["has an issuer without TLS", withConnection({ issuer: "http://login.acme.example/" })],
  [
    "has the address of the metadata for an issuer",
    withConnection({ issuer: "https://a.example/.well-known/openid-configuration" }),
  ],
  ["has a URL with a query", saml({ signInUrl: "https://login.acme.example/saml?x=1" })],
  ["has a private key for a certificate", saml({ certificate: rsa().replaceAll("PUBLIC", "PRIVATE") })],
  ["has no federation metadata", oneConnection(adfs)],
  [
    "has federation metadata twice",
    oneConnection({ ...adfs, metadataUrl: "https://a.example/m", metadata: "<EntityDescriptor >" }),
  ],
  ["has metadata that are none", oneConnection({ ...adfs, metadata: "<html>" })],
  ["has more than a connection that the company keeps may say", withConnection({ owner: "self-service" })],
  ["has a database's domains", oneConnection({ strategy: "database", domains: ["acme.example"] })],
  ["has half a password's length", oneConnection({ strategy: "database", minimumLength: 8.5 })],
  ["has a machine without scopes", machine({ scopes: [] })],
  ["has a machine's key without saying so", machine({ publicKeys: [rsa()] })],
  ["has a machine without the key that it says", machine({ authentication: "private_key_jwt" })],
  [
    "has a machine's secret made anew that has none",
    machine({ authentication: "private_key_jwt", publicKeys: [rsa()], rotation: 2 }),
  ],
  ["has a machine's name with a dot", { ...customer, machines: { "a.b": { scopes: ["read:bookings"] } } }],
];

test.each(faultyEntries)("an editor complains of an entry that %s", (_, entry) => {
  expect(entryComplaints(entry)).not.toEqual([]);
});

/** One setting of stack local, changed. */
const faultySettings: [title: string, change: Record<string, unknown>][] = [
  ["nobody's name", { friendlyName: "" }],
  ["an address without a domain", { supportEmail: "support" }],
  ["claims that begin with no directory", { claimNamespace: "https://travel.example/claims" }],
  ["a site that ends in a slash", { sites: { ...config.sites, main: "https://travel.example/" } }],
  ["a site too few", { sites: { main: "https://travel.example" } }],
  ["a stage twice", { stages: ["lead", "lead"] }],
  ["mail of both providers", { mail: { ...smtp, ...ses } }],
  ["a port in quotes", { mail: { ...smtp, port: "587" } }],
  ["a mail password in plain", { mail: { ...smtp, password: "hunter2" } }],
  ["an entry with a fault", { customers: { acme: { ...vendor, state: "gone" } } }],
  ["an entry of a slug in capitals", { customers: { Acme: vendor } }],
  ["a secret in plain", { "acme-secret": "hunter2" }],
  ["a setting that nobody knows", { Stages: { secure: "v1:…" } }],
];

const stackFile = (settings: object, more = {}) => ({
  config: {
    "auth0:domain": "travel.eu.auth0.com",
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`auth0-b2b:${name}`, value])),
  },
  ...more,
});

test("an editor has no complaint of a whole stack's file", () => {
  const settings = { ...config, customers: { acme: customer }, "acme-secret": { secure: "v1:…" } };
  expect(stackComplaints("local", stackFile(settings, { encryptionsalt: "v1:…" }))).toEqual([]);
});

test.each(faultySettings)("an editor complains of settings with %s", (_, change) => {
  expect(stackComplaints("local", stackFile({ ...config, ...change }))).not.toEqual([]);
});

test("an editor misses what only one environment may leave out", () => {
  const { mail: _, ...silent } = liveConfig;
  expect(stackComplaints("dev", stackFile(liveConfig))).toEqual([]);
  expect(stackComplaints("dev", stackFile(silent))).toEqual(["#/config ANY_OF_MISSING"]);
});
