import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { type Environment, environments } from "../../../stacks/environments.ts";
import type { Previous } from "../../../stacks/history.ts";
import { loadSettings, type Settings } from "../../../stacks/load.ts";
import { isMap } from "../../../stacks/schema/strict.ts";
import { rawConfig } from "../../../stacks/stack-file.ts";
import { entryComplaints, stackComplaints } from "../../harness/editor.ts";
import { withProofs as provenEntry } from "../../harness/proofs.ts";

/** A configuration without fault; a test changes one thing. */
export const config = {
  friendlyName: "Example Travel",
  supportEmail: "support@travel.example",
  claimNamespace: "https://travel.example/claims/",
  branding: { logoUrl: "https://travel.example/logo.svg", primaryColor: "#0b57d0", backgroundColor: "#F8FAFD" },
  sites: {
    main: "https://localhost:3000",
    portal: "https://localhost:3001",
    "vendor-catering": "https://localhost:3002",
    "vendor-rental": "https://localhost:3003",
  },
  apis: { service: "https://api.travel.example/", vendor: "https://vendor-api.travel.example/" },
  stages: ["lead", "owner"],
};

export const vendor = { displayName: "Fresh Table", type: "vendor", conditions: { vendor_kind: "catering" } };

export const customer = {
  displayName: "Acme",
  type: "customer",
  conditions: { api_access: "on" },
  connections: {
    "acme-sso": {
      strategy: "oidc",
      issuer: "https://login.acme.example/",
      clientId: "travel",
      clientSecret: { config: "acme-secret" },
      domains: ["acme.example"],
    },
  },
};

export const secret = { "acme-secret": { secure: "v1:…" } };

export const oidc = customer.connections["acme-sso"];

const { issuer: _, ...client } = oidc;
export const okta = { ...client, strategy: "okta", domain: "acme.okta.com" };

/** A connection by SAML, but for its certificate. */
export const samlp = {
  strategy: "samlp",
  signInUrl: "https://login.acme.example/saml",
  signOutUrl: "https://login.acme.example/saml/out",
  domains: ["acme.example"],
};

/** The customer with its one connection changed. */
export const withConnection = (change: object) => ({
  ...customer,
  connections: { "acme-sso": { ...oidc, ...change } },
});

export const smtp = {
  provider: "smtp",
  host: "smtp.travel.example",
  port: 587,
  user: "travel",
  password: { config: "mail-password" },
  from: "no-reply@travel.example",
};

export const ses = {
  provider: "ses",
  region: "eu-central-1",
  accessKeyId: { config: "mail-key-id" },
  secretAccessKey: { config: "mail-key" },
  from: "no-reply@travel.example",
};

export const mailSecrets = {
  "mail-password": { secure: "v1:…" },
  "mail-key-id": { secure: "v1:…" },
  "mail-key": { secure: "v1:…" },
};

/** The same configuration where customers sign in. */
export const liveConfig = {
  ...config,
  sites: {
    main: "https://travel.example",
    portal: "https://portal.travel.example",
    "vendor-catering": "https://catering.travel.example",
    "vendor-rental": "https://rental.travel.example",
  },
  mail: smtp,
  "mail-password": mailSecrets["mail-password"],
};

export interface Project {
  readonly config: Record<string, unknown>;
  /** Name under `stacks/<stack>/customers/` → the file's text; JSON is YAML too. */
  readonly files?: Record<string, unknown>;
  readonly stack?: string;
  readonly previous?: Previous;
  readonly known?: Readonly<Record<string, Environment>>;
  /** The day on which it is loaded. @default no date is judged */
  readonly now?: Date | undefined;
  /** The tenant's own domain. @default not known */
  readonly tenant?: string | undefined;
  /** Leaves the entries' domains as the test has them. @default false: where they need one, each has its proof */
  readonly unproven?: boolean;
  /** Makes something else than a folder of entries. */
  readonly customers?: (path: string) => void;
}

/** Loads the settings of a project that lies in a folder of its own for as long as that takes. */
export function load({
  config,
  files = {},
  stack = "local",
  previous = {},
  known = environments,
  unproven = stack === "local",
  now,
  tenant,
  customers,
}: Project): Settings {
  const root = mkdtempSync(join(tmpdir(), "settings-"));
  try {
    if (customers) {
      mkdirSync(join(root, "stacks", stack), { recursive: true });
      customers(join(root, "stacks", stack, "customers"));
    }
    const prove = (slug: string, entry: unknown) => (unproven ? entry : withProofs(slug, entry));
    for (const [name, given] of Object.entries(files)) {
      const value = prove(name.replace(/\.yaml$/, ""), given);
      const file = join(root, "stacks", stack, "customers", name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof value === "string" || value instanceof Buffer ? value : JSON.stringify(value));
    }
    const inConfig = Object.entries(Object(config.customers)).map(([slug, entry]) => [slug, prove(slug, entry)]);
    const whole = isMap(config.customers) ? { ...config, customers: Object.fromEntries(inConfig) } : config;
    const settings = loadSettings({ config: rawConfig(whole), stack, root, previous, known, now, tenant });
    if (known === environments) expectNoComplaint(stack, whole, settings);
    return settings;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** An entry whose domains are all proven, as far as it has any. */
export const withProofs = (slug: string, entry: unknown) => provenEntry(config.claimNamespace, slug, entry);

/** The lines of the refusal, or none where the settings are accepted. */
export function faults(project: Project): string[] {
  try {
    load(project);
  } catch (error) {
    if (error instanceof Error) return error.message.split("\n");
    throw error;
  }
  return [];
}

/** The lines about the one entry `acme` of stack local, without its file; its secret is set where it names one. */
export function entryFaults(entry: unknown, more?: object): string[] {
  const set = more ?? (JSON.stringify(entry).includes("acme-secret") ? secret : {});
  const [heading, ...lines] = faults({ config: { ...config, ...set }, files: { "acme.yaml": entry } });
  if (heading === undefined) return [];
  const count = lines.length === 1 ? "1 fault" : `${lines.length} faults`;
  expect(heading).toBe(`Stack local cannot be used as it is set: ${count}. Nothing was changed.`);
  const file = "✖ stacks/local/customers/acme.yaml: ";
  return lines.map((line) => (line.startsWith(file) ? line.slice(file.length) : line));
}

/** What the program accepts, an editor accepts, as it is written. */
function expectNoComplaint(stack: string, config: Record<string, unknown>, { companies }: Settings) {
  const settings = Object.entries(config).map(([name, value]) => [`auth0-b2b:${name}`, value]);
  expect(stackComplaints(stack, { config: Object.fromEntries(settings) })).toEqual([]);
  for (const { entry } of companies) expect(entryComplaints(entry)).toEqual([]);
}
