import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { pem, privateKey } from "./certificates.ts";
import {
  config,
  customer,
  entryFaults,
  faults,
  load,
  mailSecrets,
  okta,
  samlp,
  secret,
  ses,
  smtp,
  withConnection,
} from "./project.ts";

const rule = 'allowed: a secret set with "pulumi config set --secret NAME"';
const nameRule = 'allowed: the name of a secret set with "pulumi config set --secret NAME"';
const objectRule = "allowed: an object with config or arn and nothing else";
const place = "connections.acme-sso.clientSecret";
const settings = "friendlyName, supportEmail, claimNamespace, branding, mail, sites, apis, stages, aws, customers";

const named: [title: string, name: unknown, set: object, line: string][] = [
  ["that is not set", "acme-secret", {}, `${place}.config: no such secret is set; ${rule}`],
  ["that is not encrypted", "acme-secret", { "acme-secret": "x" }, `${place}.config: not encrypted; ${rule}`],
  ["that is empty", "acme-secret", { "acme-secret": { secure: "" } }, `${place}.config: empty; ${rule}`],
  ["that is a setting", "stages", {}, `${place}.config: the name of a setting of the program; ${rule}`],
  ["in capitals", "Hunter2", {}, `${place}.config: this string cannot be used; ${nameRule}`],
  ["with its project", "auth0-b2b:hunter", {}, `${place}.config: this string cannot be used; ${nameRule}`],
  ["that is a number", 1234, {}, `${place}.config: this number cannot be used; ${nameRule}`],
  ["that is missing", undefined, {}, `${place}: an object cannot be used; ${objectRule}`],
];

test.each(named)("a reference to a secret %s is refused", (_, name, set, line) => {
  expect(entryFaults(withConnection({ clientSecret: { config: name } }), set)).toEqual([line]);
});

test("a secret's name has at most 64 characters", () => {
  const entry = (length: number) => withConnection({ clientSecret: { config: "x".repeat(length) } });
  expect(entryFaults(entry(64), { ["x".repeat(64)]: { secure: "v1:…" } })).toEqual([]);
  expect(entryFaults(entry(65), {})).toEqual([`${place}.config: this string cannot be used; ${nameRule}`]);
});

test("mail's secrets are held to the same rules, each at its place", () => {
  const lines = (mail: object, set: object) => faults({ config: { ...config, mail, ...set } }).slice(1);
  expect(lines(smtp, {})).toEqual([`✖ Pulumi.local.yaml: mail.password.config: no such secret is set; ${rule}`]);
  expect(lines(ses, { "mail-key-id": "AKIA", "mail-key": { secure: "" } })).toEqual([
    `✖ Pulumi.local.yaml: mail.accessKeyId.config: not encrypted; ${rule}`,
    `✖ Pulumi.local.yaml: mail.secretAccessKey.config: empty; ${rule}`,
  ]);
});

test("a secret that nothing names is a misspelt setting", () => {
  expect(faults({ config: { ...config, ...secret } }).slice(1)).toEqual([
    `✖ Pulumi.local.yaml: acme-secret: unknown setting; allowed: ${settings}, and secrets that an entry or a setting names; "pulumi config rm NAME" takes one away`,
  ]);
});

test("a secret is not taken for a misspelt setting while what names it cannot be read", () => {
  expect(faults({ config: { ...config, ...secret }, files: { "acme.yml": customer } }).slice(1)).toEqual([
    "✖ stacks/local/customers/acme.yml: cannot be read; allowed here: files named <slug>.yaml",
  ]);
  const encrypted = "encrypted; allowed: plain values, secrets have a setting of their own";
  for (const key of ["mail", "customers"]) {
    expect(faults({ config: { ...config, [key]: { secure: "v1:…" }, ...mailSecrets, ...secret } }).slice(1)).toEqual([
      `✖ Pulumi.local.yaml: ${key}: ${encrypted}`,
    ]);
  }
});

test("a secret that stands in the wrong place of an entry is still one that the entry names", () => {
  expect(entryFaults({ ...customer, connections: [customer.connections["acme-sso"]] }, secret)).toEqual([
    "connections: a list cannot be used; allowed: a map from connection name to connection",
  ]);
  expect(entryFaults({ ...customer, connections: [customer.connections["acme-sso"]] }, {})).toEqual([
    "connections: a list cannot be used; allowed: a map from connection name to connection",
    `connections[0].clientSecret.config: no such secret is set; ${rule}`,
  ]);
});

test("a loaded secret stays secret", async () => {
  const { secret: read } = load({ config: { ...config, ...secret }, files: { "acme.yaml": customer } });
  expect(await pulumi.isSecret(read("acme-secret"))).toBe(true);
});

const saml = (change: object) => ({
  ...customer,
  connections: { "acme-sso": { ...samlp, certificate: pem, ...change } },
});
const hunter = "hunter2hunter2";

const slips: [title: string, entry: unknown][] = [
  ["a client secret in plain", withConnection({ clientSecret: hunter })],
  ["a client secret for the name of one", withConnection({ clientSecret: { config: "Hunter2 hunter2" } })],
  ["a client secret that looks like the name of one", withConnection({ clientSecret: { config: hunter } })],
  ["a client secret one level too deep", withConnection({ clientSecret: { config: { value: hunter } } })],
  ["a client secret in a list", withConnection({ clientSecret: [hunter] })],
  ["a client secret as a key", withConnection({ clientSecret: { [hunter]: null } })],
  ["a client secret beside the connection", { ...withConnection({}), clientSecret: hunter }],
  ["nothing but a client secret", { clientSecret: hunter }],
  ["a client secret as a connection", { ...customer, connections: { "acme-sso": hunter } }],
  ["a client secret as the client id, with a space", withConnection({ clientId: `${hunter} ${hunter}` })],
  ["a client secret below the client id", withConnection({ clientId: { secret: hunter } })],
  ["a client secret as issuer", withConnection({ issuer: hunter })],
  ["a client secret with dots as issuer", withConnection({ issuer: `aB.${hunter}.Cd` })],
  ["a password in the issuer", withConnection({ issuer: `https://u:${hunter}@l.example` })],
  ["a token in the issuer", withConnection({ issuer: `https://l.example?${hunter}` })],
  ["a client secret as Okta domain", { ...customer, connections: { "acme-sso": { ...okta, domain: hunter } } }],
  ["a password in a sign-in URL", saml({ signInUrl: `https://u:${hunter}@l.example` })],
  ["a token in a sign-out URL", saml({ signOutUrl: `https://l.example/#${hunter}` })],
  ["a client secret as certificate", saml({ certificate: hunter })],
  ["a client secret at SAML", saml({ clientSecret: hunter })],
  ["a secret below a name", { ...customer, displayName: { secret: hunter } }],
  ["a whole entry of one word", hunter],
  ["a block that is none", `clientSecret: |${hunter}`],
  ["a tag", `clientSecret: !${hunter}! x`],
  ["an alias", `clientSecret: *${hunter}`],
  ["an anchor", `clientSecret: &${hunter} x`],
  ["a map as a key", `? { clientSecret: ${hunter} }\n: x`],
  ["quotes that do not end", `clientSecret: "${hunter}`],
];

test.each(slips)("%s is refused without being quoted", (_, entry) => {
  const lines = entryFaults(entry);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("\n")).not.toMatch(/hunter2/i);
});

test("a private key for a certificate is refused without a part of it being quoted", () => {
  const text = entryFaults(saml({ certificate: privateKey })).join("\n");
  expect(text).toContain("certificate: this string cannot be used");
  for (const line of privateKey.split("\n").filter(Boolean)) expect(text).not.toContain(line.slice(0, 24));
  expect(text).not.toContain("PRIVATE");
});

/** One mail setting after the other, with a password in it. */
const spoilt = (mail: object) =>
  Object.keys(mail)
    .filter((key) => key !== "provider")
    .map((key): [string, unknown] => [`as mail's ${key}`, { ...mail, [key]: `${hunter} x` }]);

test.each<[title: string, mail: unknown]>([
  ...spoilt(smtp),
  ...spoilt(ses),
  ["as mail's host without a space", { ...smtp, host: hunter }],
  ["in plain below mail's password", { ...smtp, password: { value: hunter } }],
  ["in plain beside mail's other settings", { ...smtp, apiKey: hunter }],
  ["in a mail URL", `smtp://travel:${hunter}@smtp.travel.example`],
  ["in a list", [hunter]],
])("a password %s is refused without being quoted", (_, mail) => {
  const lines = faults({ config: { ...config, ...mailSecrets, mail } });
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join("\n")).not.toMatch(/hunter2/i);
});
