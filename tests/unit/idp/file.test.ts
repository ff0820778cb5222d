import { createDecipheriv, generateKeyPairSync, pbkdf2Sync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { readProviders } from "../../../local/idp/file.ts";

const project = join(import.meta.dirname, "../../..");
const people = readProviders(join(project, "stacks/local/identity-providers.yaml"));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "idp-file-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(content: string | Buffer): string[] {
  const file = join(folder, "providers.yaml");
  writeFileSync(file, content);
  try {
    readProviders(file);
    return [];
  } catch (cause) {
    return String((cause as Error).message)
      .replaceAll(file, "FILE")
      .split("\n");
  }
}

const provider = `
    name: Acme
    issuer: https://login.acme.example/
    flavour: okta
    clientId: a
    clientSecret: b`;

test("everything that is wrong is said at once, with its place and without the value", () => {
  const faults = faultsOf(`providers:
  acme:
    name: Acme
    issuer: http://login.acme.example/
    flavour: okta
    clientSecret: { hidden-secret: 1 }
    password: hidden-secret
    people:
      - { sub: a, name: A, email: hidden-secret }
      - { name: B, claims: hidden-secret }
`);
  expect(faults).toEqual([
    "The identity providers cannot be played.",
    "✖ FILE: providers.acme.issuer: Invalid URL",
    "✖ FILE: providers.acme.clientId: Invalid input: expected string, received undefined",
    "✖ FILE: providers.acme.clientSecret: Invalid input: expected string, received object",
    "✖ FILE: providers.acme.people[0].email: Invalid email address",
    "✖ FILE: providers.acme.people[1].sub: Invalid input: expected string, received undefined",
    "✖ FILE: providers.acme.people[1].claims: Invalid input: expected record, received string",
    '✖ FILE: providers.acme: Unrecognized key: "password"',
  ]);
});

test("an issuer, and within a provider an id, an address and a user name, stand once", () => {
  const twice = `providers:
  acme:${provider}
    people:
      - { sub: a, name: A, email: a@acme.example }
      - { sub: a, name: B, email: A@acme.example }
  other:${provider.replace("example/", "example")}
    also: [https://other.example, https://login.acme.example]
    people: [{ sub: a, name: A }]
`;
  expect(faultsOf(twice)).toEqual([
    "The identity providers cannot be played.",
    "✖ FILE: providers.acme.people[1].sub: this is people[0]'s already",
    "✖ FILE: providers.acme.people[1].email: this is people[0]'s already",
    "✖ FILE: providers.other.issuer: this is acme's already",
    "✖ FILE: providers.other.also[1]: this is acme's already",
  ]);
});

test("a name is good for an address; what is no YAML, and a file that is not there, are said", () => {
  const [, named] = faultsOf(
    `providers: { "A/b": {${provider.replaceAll("\n", ",").slice(1)}, people: [{sub: a, name: A}] } }`,
  );
  expect(named).toBe("✖ FILE: providers.A/b: the name must be lower-case letters, digits and dashes");
  expect(faultsOf("providers: [")[1]).toMatch(/^✖ FILE: line 1: not YAML that can be read \(\w+\)$/);
  expect(faultsOf(Buffer.from([0xff]))[1]).toBe("✖ FILE: not UTF-8");
  expect(() => readProviders(join(folder, "nowhere.yaml"))).toThrow("ENOENT");
});

const customers = join(project, "stacks/local/customers");

interface Connection {
  readonly strategy: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: { readonly config: string };
  readonly signInUrl: string;
  readonly certificate: string;
}

/** The connections of stack local's customers, by name. */
const connections = readdirSync(customers).flatMap((file) => {
  const { connections = {} } = parse(readFileSync(join(customers, file), "utf8"));
  return Object.entries<Connection>(connections);
});

test("every customer of stack local with an OIDC connection has its provider, with the client of the connection", () => {
  expect(
    Object.values(people).flatMap((one) =>
      one.flavour === "samlp" ? [] : [{ issuer: one.issuer, clientId: one.clientId, clientSecret: one.clientSecret }],
    ),
  ).toEqual(
    connections
      .filter(([, { strategy }]) => strategy !== "samlp")
      .map(([, { issuer, clientId, clientSecret }]) => ({
        issuer,
        clientId,
        clientSecret: decrypted(`auth0-b2b:${clientSecret.config}`),
      })),
  );
});

test("every customer of stack local with a SAML connection has its provider, with the certificate of the connection", () => {
  const saml = connections.filter(([, { strategy }]) => strategy === "samlp");
  expect(saml.length).toBeGreaterThan(0);
  expect(
    Object.values(people).flatMap((one) =>
      one.flavour === "samlp"
        ? [{ name: one.connection, signInUrl: `${one.issuer}/sign-in`, certificate: one.certificate }]
        : [],
    ),
  ).toEqual(saml.map(([name, { signInUrl, certificate }]) => ({ name, signInUrl, certificate })));
});

test("a provider of SAML has the key of its certificate, and no word for a verified address", () => {
  const { borealis, acme } = people;
  const faulty = {
    ...borealis,
    key: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }),
  };
  const all = [
    faulty,
    { ...borealis, key: "no key", people: [{ sub: "a", name: "A", emailVerified: true, claims: { a: 1 } }] },
    { ...acme, flavour: "saml" },
  ];
  expect(all.map((one) => faultsOf(stringify({ providers: { one } })).slice(1))).toEqual([
    ["✖ FILE: providers.one.key: this is no private key of the certificate, or one of the two cannot be read"],
    [
      "✖ FILE: providers.one.people[0].claims.a: Invalid input: expected string, received number",
      '✖ FILE: providers.one.people[0]: Unrecognized key: "emailVerified"',
    ],
    ["✖ FILE: providers.one.flavour: expected one of oidc, okta, waad, google-apps, samlp"],
  ]);
});

/** A secret of stack local: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/crypt.go */
function decrypted(key: string): string {
  const { config, encryptionsalt } = parse(readFileSync(join(project, "Pulumi.local.yaml"), "utf8"));
  const bytes = (text = "") => Buffer.from(text, "base64");
  const passphrase = pbkdf2Sync("local", bytes(encryptionsalt.split(":")[1]), 1_000_000, 32, "sha256");
  const [, nonce, sealed] = String(config[key].secure).split(":");
  const decipher = createDecipheriv("aes-256-gcm", passphrase, bytes(nonce));
  decipher.setAuthTag(bytes(sealed).subarray(-16));
  return decipher.update(bytes(sealed).subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
}
