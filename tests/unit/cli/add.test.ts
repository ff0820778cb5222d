import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { type AddOptions, add } from "../../../cli/customer/add.ts";
import { Faults } from "../../../cli/customer/asked.ts";
import { readOffline } from "../../../cli/customer/place.ts";
import { root } from "../../harness/stack-settings.ts";
import { Checkout } from "./project.ts";

const beta: AddOptions = {
  name: "Beta Travel",
  type: "customer",
  condition: ["api_access=off"],
  signIn: "oidc",
  domain: ["beta.example", "beta-group.example"],
  fields: { issuer: "https://login.beta.example/", "client-id": "example-travel" },
};

const file = "stacks/local/customers/beta.yaml";

test("a new customer is one file, which the checks of the whole stack accept once its secret is set", async () => {
  const checkout = new Checkout();
  expect(await add(checkout, "beta", beta, undefined)).toEqual({
    file,
    slug: "beta",
    state: "live",
    secret: "beta-sso-secret",
    connection: "beta-sso",
    domains: ["beta.example", "beta-group.example"],
    warnings: [],
  });
  expect(checkout.read(file)).toBe(`# yaml-language-server: $schema=../../schema/generated/entry.schema.json
displayName: Beta Travel
type: customer
conditions:
  api_access: "off"
connections:
  beta-sso:
    strategy: oidc
    issuer: https://login.beta.example/
    clientId: example-travel
    clientSecret:
      config: beta-sso-secret
    domains:
      - beta.example
      - beta-group.example
`);
  expect(() => readOffline(checkout)).toThrow("connections.beta-sso.clientSecret.config: no such secret is set");
  const { companies } = readOffline(checkout, { unfinished: ["secrets"] }).settings;
  expect(companies.map(({ slug }) => slug)).toContain("beta");
});

const certificate = () =>
  /-----BEGIN[\s\S]*?-----END CERTIFICATE-----\n/
    .exec(new Checkout().read("stacks/local/customers/borealis.yaml"))?.[0]
    .replace(/^ +/gm, "") ?? "";

/** Sign-in → what else is given, and the connection that is written. */
const ways: readonly (readonly [string, Partial<AddOptions>, object | undefined])[] = [
  ["password", { domain: [] }, undefined],
  [
    "okta",
    { fields: { "okta-domain": "beta.okta.com", "client-id": "id" } },
    { strategy: "okta", domain: "beta.okta.com", clientId: "id", clientSecret: { config: "beta-sso-secret" } },
  ],
  [
    "waad",
    { fields: { "tenant-id": "0f8fad5b-d9cb-469f-a165-70867728950e", "client-id": "id" }, connection: "beta-entra" },
    {
      strategy: "waad",
      tenantId: "0f8fad5b-d9cb-469f-a165-70867728950e",
      clientId: "id",
      clientSecret: { config: "beta-entra-secret" },
    },
  ],
  [
    "google-apps",
    { fields: { "client-id": "id" }, secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:beta-AbCdEf" },
    {
      strategy: "google-apps",
      domain: "beta.example",
      clientId: "id",
      clientSecret: { arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:beta-AbCdEf" },
    },
  ],
];

test.each(ways)("who signs in by %s needs no more than is asked", async (signIn, more, connection) => {
  const checkout = new Checkout();
  const added = await add(checkout, "beta", { ...beta, fields: {}, signIn, ...more }, undefined);
  const { settings } = readOffline(checkout, { unfinished: ["secrets", "proofs"] });
  const { connections } = settings.companies.find(({ slug }) => slug === "beta")?.entry ?? {};
  const written = connection && { [added.connection ?? ""]: { ...connection, domains: beta.domain } };
  expect(connections).toEqual(written);
});

test("certificates and metadata come from files", async () => {
  const checkout = new Checkout();
  checkout.write("beta.pem", certificate());
  checkout.write("beta.xml", '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="beta"/>');
  const at = (name: string) => join(checkout.root, name);
  const saml = { certificate: at("beta.pem"), "sign-in-url": "https://login.beta.example/saml" };
  await add(checkout, "beta", { ...beta, signIn: "samlp", fields: saml }, undefined);
  const adfs = {
    ...beta,
    name: "Gamma",
    domain: ["gamma.example"],
    signIn: "adfs",
    fields: { metadata: at("beta.xml") },
  };
  await add(checkout, "gamma", adfs, undefined);
  const entries = readOffline(checkout, { unfinished: ["secrets", "proofs"] }).settings.companies.map(
    ({ entry }) => entry.connections,
  );
  expect(entries).toContainEqual({
    "beta-sso": {
      strategy: "samlp",
      signInUrl: "https://login.beta.example/saml",
      certificate: certificate(),
      domains: beta.domain,
    },
  });
  expect(entries).toContainEqual({
    "gamma-sso": { strategy: "adfs", metadata: checkout.read("beta.xml"), domains: ["gamma.example"] },
  });
  const broken = { ...saml, certificate: at("beta.xml") };
  await expect(add(checkout, "delta", { ...beta, signIn: "samlp", fields: broken }, undefined)).rejects.toThrow(
    /^✖ --certificate: /,
  );
  const missing = { ...saml, certificate: at("none.pem") };
  await expect(add(checkout, "delta", { ...beta, signIn: "samlp", fields: missing }, undefined)).rejects.toThrow(
    "✖ --certificate: cannot be read; allowed: a file in UTF-8",
  );
});

test("where domains must be proven a new customer with single sign-on begins as a pilot, one with passwords is live", async () => {
  const checkout = new Checkout("dev");
  checkout.write(
    "Pulumi.dev.yaml",
    `${checkout.read("Pulumi.dev.yaml")}  auth0-b2b:mail-password: { secure: "v1:…" }\n`,
  );
  expect((await add(checkout, "beta", beta, undefined)).state).toBe("pilot");
  const passwords = { ...beta, name: "Gamma", signIn: "password", domain: [], fields: {} };
  expect((await add(checkout, "gamma", passwords, undefined)).state).toBe("live");
  expect(checkout.entries()).toEqual(["beta.yaml", "gamma.yaml"]);
});

test("everything that is missing is told at once, and nothing is written", async () => {
  const checkout = new Checkout();
  const before = checkout.entries();
  await expect(add(checkout, undefined, { signIn: "oidc", type: "customer", fields: {} }, undefined)).rejects.toThrow(
    new Faults([
      "slug: missing; allowed: the organization's name, 1 to 50 lower-case letters, digits and hyphens; it never changes",
      "--name: missing; allowed: the name that people see",
      "--condition api_access=…: missing; allowed: on, off",
      "--domain: missing; allowed: its domains, with commas between them",
      "--issuer: missing; allowed: the issuer, such as https://login.acme.example/",
      "--client-id: missing; allowed: the client ID that the identity provider gave out",
    ]),
  );
  expect(checkout.entries()).toEqual(before);
});

test("everything that is wrong is told at once, with what is allowed, and nothing is written", async () => {
  const checkout = new Checkout();
  const before = checkout.entries();
  const wrong = {
    name: "Be<ta",
    type: "partner",
    signIn: "oidc",
    domain: ["Beta.example"],
    fields: { issuer: "http://login.beta.example", "client-id": "a b" },
  };
  await expect(add(checkout, "Beta", wrong, undefined)).rejects.toThrow(
    new Faults([
      'slug: "Beta" cannot be used; allowed: 1 to 50 lower-case letters, digits and single hyphens between them',
      '--name: "Be<ta" cannot be used; allowed: 1 to 255 visible characters without < and >',
      "--type: cannot be used; allowed: customer, vendor",
      '--domain: "Beta.example" cannot be used; allowed: a domain in lower case such as example.com (punycode for other scripts)',
      '--issuer: "http://login.beta.example" cannot be used; allowed: the issuer\'s https URL without /.well-known/openid-configuration, user, query and fragment',
      "--client-id: this string cannot be used; allowed: 1 to 255 ASCII characters without space",
    ]),
  );
  const strange = { ...beta, condition: ["api_access=off", "colour=red"] };
  await expect(add(checkout, "beta", strange, undefined)).rejects.toThrow(
    "✖ --condition colour=…: no condition of a customer; allowed: api_access",
  );
  expect(checkout.entries()).toEqual(before);
});

test("domains may stand behind one flag, with commas between them", async () => {
  const checkout = new Checkout();
  const { domains } = await add(
    checkout,
    "beta",
    { ...beta, domain: ["beta.example, beta.test", "b.example"] },
    undefined,
  );
  expect(domains).toEqual(["beta.example", "beta.test", "b.example"]);
});

test("a flag of another way to sign in is refused, not left out", async () => {
  const checkout = new Checkout();
  const before = checkout.entries();
  const okta = { ...beta, signIn: "okta", fields: { ...beta.fields, "tenant-id": "x" } };
  await expect(add(checkout, "beta", okta, undefined)).rejects.toThrow(
    new Faults([
      "--okta-domain: missing; allowed: the Okta domain, such as acme.okta.com",
      "--issuer: not with --sign-in okta; allowed: --okta-domain, --client-id, --domain, --connection, --secret-arn",
      "--tenant-id: not with --sign-in okta; allowed: --okta-domain, --client-id, --domain, --connection, --secret-arn",
    ]),
  );
  const adfs = { ...beta, signIn: "adfs", fields: {}, secretArn: "arn:aws:secretsmanager:x" };
  await expect(add(checkout, "beta", adfs, undefined)).rejects.toThrow(
    new Faults([
      "--metadata: missing; allowed: the file with its federation metadata (XML)",
      "--secret-arn: not with --sign-in adfs; allowed: --metadata, --domain, --connection",
    ]),
  );
  const password = { ...beta, signIn: "password", connection: "beta-sso", fields: { "client-id": "id" } };
  await expect(add(checkout, "beta", password, undefined)).rejects.toThrow(
    new Faults([
      "--domain: not with --sign-in password; allowed: no flag of a connection",
      "--connection: not with --sign-in password; allowed: no flag of a connection",
      "--client-id: not with --sign-in password; allowed: no flag of a connection",
    ]),
  );
  expect(checkout.entries()).toEqual(before);
});

test("what only the whole stack can tell keeps an entry from being written", async () => {
  const checkout = new Checkout();
  const before = checkout.entries();
  const taken = { ...beta, domain: ["acme.example"] };
  await expect(add(checkout, "beta", taken, undefined)).rejects.toThrow(
    `✖ ${file}: connections.beta-sso.domains[0]: domain acme.example already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once`,
  );
  expect(checkout.entries()).toEqual(before);
});

test("a company is not live at domains that nobody has proven", async () => {
  const checkout = new Checkout("dev");
  checkout.write(
    "Pulumi.dev.yaml",
    `${checkout.read("Pulumi.dev.yaml")}  auth0-b2b:mail-password: { secure: "v1:…" }\n`,
  );
  const live = { ...beta, state: "live", domain: ["beta.example"] };
  await expect(add(checkout, "beta", live, undefined)).rejects.toThrow(
    "✖ stacks/dev/customers/beta.yaml: connections.beta-sso.proven: domain beta.example is not proven; allowed: state pilot until the TXT record _auth0-b2b.beta.example says",
  );
  await expect(add(checkout, "beta", { ...live, state: "gone" }, undefined)).rejects.toThrow(
    '✖ stacks/dev/customers/beta.yaml: state: "gone" cannot be used; allowed: pilot, live, suspended, retired',
  );
});

test("an entry that is there is never written over, wherever it stands", async () => {
  const checkout = new Checkout();
  const before = checkout.read("stacks/local/customers/acme.yaml");
  await expect(add(checkout, "acme", beta, undefined)).rejects.toThrow(
    "✖ slug: stacks/local/customers/acme.yaml is there already; allowed: another slug, or edit that file",
  );
  expect(checkout.read("stacks/local/customers/acme.yaml")).toBe(before);
  await expect(add(checkout, "fresh-table", beta, undefined)).rejects.toThrow("Pulumi.local.yaml");
  expect(checkout.entries()).not.toContain("fresh-table.yaml");
});

/** A terminal at which somebody types: what is asked → the keys pressed. */
function typist(keys: Readonly<Record<string, string>>) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const left = new Map(Object.entries(keys));
  let shown = "";
  output.on("data", (part: Buffer) => {
    shown += part.toString();
    for (const [asked, pressed] of left) {
      if (!shown.includes(asked)) continue;
      left.delete(asked);
      shown = "";
      setImmediate(() => input.write(pressed));
      return;
    }
  });
  return { input, output };
}

test("somebody at a terminal is asked for what was not given, and for nothing else", async () => {
  const checkout = new Checkout();
  const terminal = typist({
    "The organization's name": "beta\r",
    "The kind of company": "\r",
    Api_access: "\u001b[B\r",
    "How its people": "\r",
    "Its domains": "beta.example, beta-group.example\r",
    "The issuer": "https://login.beta.example/\r",
  });
  const { name } = beta;
  const given = { ...(name === undefined ? {} : { name }), fields: { "client-id": "example-travel" } };
  await add(checkout, undefined, given, terminal);
  const other = new Checkout();
  await add(other, "beta", beta, undefined);
  expect(checkout.read(file)).toBe(other.read(file));
});

test("who gives up writes nothing", async () => {
  const checkout = new Checkout();
  const before = checkout.entries();
  await expect(add(checkout, "beta", { fields: {} }, typist({ "The name": "\u0003" }))).rejects.toThrow(
    "✖ cancelled: nothing was written",
  );
  expect(checkout.entries()).toEqual(before);
});

test("the command itself says what was written and what comes next, and is 1 with every fault on the other stream", () => {
  const checkout = new Checkout();
  const run = (...args: string[]) => {
    const program = join(root, "cli/customer/main.ts");
    const options = ["--disable-warning=ExperimentalWarning", program, "--root", checkout.root, ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: "utf8", input: "" });
    return { status, stdout, stderr };
  };
  expect(run("check")).toEqual({
    status: 0,
    stdout: "Stack local: 6 companies, 3 connections, 4 domains, no fault.\n",
    stderr: "",
  });
  const flags = ["--name", "Beta", "--type", "customer", "--condition", "api_access=on", "--sign-in", "okta"];
  const own = ["--okta-domain", "beta.okta.com", "--client-id", "id", "--domain", "beta.example"];
  expect(run("add", "beta", ...flags, ...own)).toEqual({
    status: 0,
    stdout: `Written: ${file}, state live. Next:
  pulumi config set --secret beta-sso-secret --stack local
  npm run customer sheet beta -- --env local
  pulumi preview --stack local
`,
    stderr: "",
  });
  expect(run("check")).toEqual({
    status: 1,
    stdout: "",
    stderr: `Stack local cannot be used as it is set: 1 fault. Nothing was changed.
✖ ${file}: connections.beta-sso.clientSecret.config: no such secret is set; allowed: a secret set with "pulumi config set --secret NAME"
`,
  });
  expect(run("sheet", "gone", "--domain", "travel.eu.auth0.com").stderr).toBe(
    "Stack local has no entry gone; its entries: acme, beta, borealis, cedar, dune-crafts, wheelhouse, fresh-table.\n",
  );
  expect(run("--env", "production", "check").stderr).toBe(
    "There is no Pulumi.production.yaml: no stack production is set here.\n",
  );
  expect(run("chekc")).toMatchObject({ status: 1, stderr: "error: unknown command 'chekc'\n(Did you mean check?)\n" });
});

test("a secret that is given in a wrong place is not said again", () => {
  const { root: place } = new Checkout();
  const said = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "cli/customer/main.ts"), "--root", place, ...args], {
      encoding: "utf8",
      input: "",
    }).stderr;
  const hunter = "hunter2='hunter2'";
  const generated = "Xk9~Qm2.vT7_hL4wR8bN3cZ6dF1gJ5sP0aYeUi";
  expect(said("add", "beta", `--client-secret=${hunter}`)).toBe("error: unknown option '--client-secret'\n");
  expect(said("add", "beta", hunter, "b")).toBe(
    "error: too many arguments for 'add'. Expected 1 argument but got 3.\n",
  );
  expect(said(generated)).toBe("error: unknown command [not shown]\n");
  expect(said("--env", generated, "check")).toBe("There is no [not shown]: no stack [not shown] is set here.\n");
  expect(said("show", generated)).toContain("Stack local has no entry [not shown]; its entries: acme, ");
  const condition = ["--condition", generated, "--condition", `api_access=${generated}`];
  const flags = ["--name", "Beta", "--type", "customer", "--sign-in", "okta", "--client-id", generated];
  const own = ["--okta-domain", generated, "--domain", generated, "--secret-arn", generated, "--state", generated];
  const faults = said("add", generated, ...flags, ...own, ...condition).split("\n");
  expect(faults.map((line) => line.replace(/; allowed: .*/, ""))).toEqual([
    "✖ slug: this string cannot be used",
    "✖ --condition api_access=…: cannot be used",
    "✖ --condition [not shown]=…: no condition of a customer",
    "✖ --domain: this string cannot be used",
    "✖ --okta-domain: this string cannot be used",
    "",
  ]);
});
