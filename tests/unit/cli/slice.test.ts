import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { exportedState, sliceOf } from "../../../cli/customer/slice.ts";
import { exportState, partOf, placeState } from "../../../cli/customer/state.ts";
import { targetsOf } from "../../../cli/customer/targets.ts";

const company = "auth0-b2b:company:Company";
const guest = "auth0-b2b:company:GuestAccess";
const organization = "auth0:index/organization:Organization";
const urn = (types: string, name: string) => `urn:pulumi:local::auth0-b2b::${types}::${name}`;
const type = (types: string) => types.split("$").at(-1) ?? "";
const one = (types: string, name: string, more: object = {}) => ({
  urn: urn(types, name),
  type: type(types),
  parent: stack,
  ...more,
});

const stack = urn("pulumi:pulumi:Stack", "auth0-b2b-local");
const provider = urn("pulumi:providers:auth0", "default");
const tenant = urn("auth0-b2b:tenant:TenantSettings", "tenant");
const companyOf = (slug: string, more: object = {}) => [
  one(company, slug, { dependencies: [tenant], ...more }),
  one(`${company}$${organization}`, slug, { parent: urn(company, slug), provider: `${provider}::id` }),
];

/** A stack with three companies, as the engine orders it. */
const shared = [
  { urn: stack, type: "pulumi:pulumi:Stack" },
  { urn: provider, type: "pulumi:providers:auth0", parent: stack },
  one("auth0-b2b:tenant:TenantSettings", "tenant"),
];
const state = [...shared, ...["acme", "beta", "gamma"].flatMap((slug) => companyOf(slug))];

const cut = (slug: string, connections: readonly string[] = []) => ({
  slug,
  targets: targetsOf("local", { slug, connections, machines: [], guests: [] }, false),
});
const namesIn = (resources: readonly { urn: string }[]) =>
  resources.map((kept) => kept.urn.split("::").slice(2).join(" "));
const urns = (resources: readonly { urn: string }[]) => resources.map((kept) => kept.urn);

test("the part of one company is what is shared and what it has, in the state's order", () => {
  expect(sliceOf(state, cut("beta"))).toEqual([...shared, ...companyOf("beta")]);
});

test("a company that is not there yet has what is shared", () => {
  expect(sliceOf(state, cut("new"))).toEqual(shared);
});

test("what depends on a target stays, with all that it stands on itself, at any distance", () => {
  const link = (name: string, more: object) => [
    one(guest, name, more),
    one(`${guest}$${organization}`, name, { parent: urn(guest, name) }),
  ];
  const all = [
    ...shared,
    ...companyOf("acme"),
    ...companyOf("beta"),
    ...companyOf("gamma"),
    ...link("gamma/beta-sso", {
      propertyDependencies: {
        a: null,
        connectionId: [urn(`${company}$${organization}`, "beta")],
        organizationId: [urn(`${company}$${organization}`, "gamma")],
      },
    }),
    ...link("acme/gamma-sso", { dependencies: [urn(company, "gamma"), urn(company, "acme")] }),
  ];
  expect(namesIn(sliceOf(all, cut("beta"))).slice(shared.length)).toEqual([
    `${company} beta`,
    `${company}$${organization} beta`,
    `${company} gamma`,
    `${company}$${organization} gamma`,
    `${guest} gamma/beta-sso`,
    `${guest}$${organization} gamma/beta-sso`,
  ]);
});

test.each<[how: string, more: object]>([
  ["a dependency", { dependencies: [urn(company, "acme")] }],
  ["a property's dependency", { propertyDependencies: { id: [urn(company, "acme")] } }],
  ["its parent", { parent: urn(company, "acme") }],
  ["a provider", { provider: `${urn(company, "acme")}::id` }],
  ["what it is deleted with", { deletedWith: urn(company, "acme") }],
  ["what it is replaced with", { replaceWith: [urn(company, "acme")] }],
])("what the company stands on stays though another has it: %s", (_, more) => {
  const all = [...shared, ...companyOf("acme"), ...companyOf("beta", more)];
  expect(urns(sliceOf(all, cut("beta")))).toContain(urn(company, "acme"));
});

test("of credentials that are kept in AWS stay those of the operator and of the company", () => {
  const credential = (path: string, dependencies: readonly string[] = []) =>
    one("auth0-b2b:aws:ClientCredential", path, { dependencies });
  const kept = [credential("apps/portal"), credential("companies/beta/machine", [urn(company, "beta")])];
  const all = [...state, ...kept, credential("companies/acme/machine", [urn(company, "acme")])];
  expect(sliceOf(all, cut("beta"))).toEqual([...shared, ...companyOf("beta"), ...kept]);
});

test("two resources of one URN, of which one is still to be deleted, stay both", () => {
  const [, owned] = companyOf("beta");
  const all = [...state, { ...owned, delete: true }] as typeof state;
  expect(sliceOf(all, cut("beta"))).toHaveLength(shared.length + 3);
});

const applied = (slug: string) => ({
  ...{ organizationId: `org_${slug}`, type: "customer", guests: [], claimed: [`${slug}.example`], connections: {} },
  ...{ machines: [], after: [] },
});
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
const exported = (slug: string) => ({
  state: "live",
  connections: [],
  domains: [`${slug}.example`],
  machines: { machine: { clientId: slug, clientSecret: secret, rotation: 1 } },
});
const outputs = {
  operators: { sales: { clientSecret: secret } },
  companies: { acme: exported("acme"), beta: exported("beta") },
  directory: { organizations: { org_acme: { slug: "acme" }, org_beta: { slug: "beta" } } },
  applied: { gates: "x", companies: { acme: applied("acme"), beta: applied("beta") } },
};

const stateWith = ({
  deployment = {},
  ...more
}: {
  deployment?: object;
  companies?: unknown;
  applied?: unknown;
} = {}) => ({
  version: 3,
  deployment: {
    secrets_providers: { type: "passphrase", state: { salt: "v1:salt" } },
    resources: [{ ...shared[0], outputs: { ...outputs, ...more } }, ...state.slice(1)],
    ...deployment,
  },
});
const partIn = (whole: object) => partOf(exportedState.parse(whole), cut("beta"));

test("its part says of the last up what is about the company; the rest is told beside it, without a secret", () => {
  const part = partIn(stateWith());
  expect(part?.state).toEqual({
    version: 3,
    deployment: {
      secrets_providers: { type: "passphrase", state: { salt: "v1:salt" } },
      pending_operations: [],
      resources: [
        {
          ...shared[0],
          outputs: {
            operators: { sales: { clientSecret: secret } },
            companies: { beta: exported("beta") },
            directory: { organizations: { org_beta: { slug: "beta" } } },
            applied: { gates: "x", companies: { beta: applied("beta") } },
          },
        },
        ...shared.slice(1),
        ...companyOf("beta"),
      ],
    },
  });
  const before = (slug: string) => ({ ...exported(slug), machines: { machine: { rotation: 1 } } });
  expect(part?.told).toEqual({
    previous: { acme: before("acme"), beta: before("beta") },
    applied: outputs.applied,
  });
});

test.each<[why: string, state: object]>([
  ["Pulumi Cloud holds the key of the secrets", stateWith({ deployment: { secrets_providers: { type: "service" } } })],
  ["it is not said who holds the key", stateWith({ deployment: { secrets_providers: undefined } })],
  ["an up was broken off", stateWith({ deployment: { pending_operations: [{ type: "creating" }] } })],
  ["the last up did not say what the others are", stateWith({ applied: undefined })],
  ["the companies cannot be read", stateWith({ companies: "x" })],
  ["the companies are a secret as a whole", stateWith({ companies: secret })],
  ["a company is a secret as a whole", stateWith({ companies: { ...outputs.companies, acme: secret } })],
])("a preview looks in the whole state where %s", (_, whole) => {
  expect(partIn(whole)).toBeUndefined();
});

test("a key of a cloud's own, such as awskms, goes with the part", () => {
  const provider = { type: "cloud", state: { url: "awskms://alias/x", encryptedkey: "eA==" } };
  const part = partIn(stateWith({ deployment: { secrets_providers: provider } }));
  expect(part?.state.deployment.secrets_providers).toEqual(provider);
});

const folders: string[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "slice-"));
  folders.push(made);
  return made;
}

/** Lets a program stand for the CLI: it notes what it is asked, and answers. */
function answering(answer: string): () => string {
  const bin = folder();
  writeFileSync(join(bin, "answer"), answer);
  writeFileSync(join(bin, "pulumi"), `#!/bin/sh\necho "$@" >> ${bin}/asked\ncat ${bin}/answer\n`, { mode: 0o755 });
  vi.stubEnv("PATH", `${bin}:${process.env.PATH}`);
  return () => readFileSync(join(bin, "asked"), "utf8");
}

test("a state in a folder is read where it lies; what is placed is read as it was", async () => {
  const root = folder();
  const whole = exportedState.parse({ ...stateWith(), features: ["x"] });
  vi.stubEnv("PULUMI_BACKEND_URL", placeState(whole, "local", root));
  expect(process.env.PULUMI_BACKEND_URL).toBe(pathToFileURL(root).href);
  expect(await exportState({ root, stack: "local" })).toEqual(whole);
});

test.each<[how: string, url: (root: string) => string]>([
  ["a bucket", () => "s3://bucket"],
  ["a folder that the CLI finds", () => "file://./.local/state"],
  ["a folder without the stack", (root) => pathToFileURL(root).href],
  [
    "a folder that has it compressed",
    (root) => {
      const url = placeState(exportedState.parse(stateWith()), "local", root);
      mkdirSync(join(root, ".pulumi/stacks/auth0-b2b"), { recursive: true });
      writeFileSync(join(root, ".pulumi/stacks/auth0-b2b/local.json.gz"), "");
      return url;
    },
  ],
])("the state in %s is exported by the CLI", async (_, url) => {
  const root = folder();
  const asked = answering(JSON.stringify(stateWith()));
  vi.stubEnv("PULUMI_BACKEND_URL", url(root));
  expect(await exportState({ root, stack: "local" })).toEqual(exportedState.parse(stateWith()));
  expect(asked()).toBe("stack export --stack local\n");
});

test("with Pulumi Cloud no state is asked for, whoever says that it is there", async () => {
  const root = folder();
  const asked = answering(JSON.stringify({ user: "x", url: "https://app.pulumi.com/x" }));
  vi.stubEnv("PULUMI_BACKEND_URL", undefined);
  expect(await exportState({ root, stack: "local" })).toBeUndefined();
  expect(asked()).toBe("whoami --verbose --json\n");
  vi.stubEnv("PULUMI_BACKEND_URL", "https://api.pulumi.com");
  expect(await exportState({ root, stack: "local" })).toBeUndefined();
  expect(asked()).toBe("whoami --verbose --json\n");
});
