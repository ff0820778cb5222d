import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadSettings, type Settings } from "../../../stacks/load.ts";
import { rawConfig } from "../../harness/stack-settings.ts";

/** A configuration without fault; a test changes one thing. */
export const config = {
  friendlyName: "Example Travel",
  supportEmail: "support@travel.example",
  claimNamespace: "https://travel.example/claims/",
  branding: { logoUrl: "https://travel.example/logo.svg", primaryColor: "#0b57d0", backgroundColor: "#F8FAFD" },
  apps: { main: "https://localhost:3000", "vendor-catering": "https://localhost:3001" },
  apis: { service: "https://api.travel.example/" },
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

interface Project {
  readonly config: Record<string, unknown>;
  /** Name under `stacks/<stack>/customers/` → the file's text; JSON is YAML too. */
  readonly files?: Record<string, unknown>;
  readonly stack?: string;
  /** Makes something else than a folder of entries. */
  readonly customers?: (path: string) => void;
}

/** Loads the settings of a project that lies in a folder of its own for as long as that takes. */
export function load({ config, files = {}, stack = "local", customers }: Project): Settings {
  const root = mkdtempSync(join(tmpdir(), "settings-"));
  try {
    if (customers) {
      mkdirSync(join(root, "stacks", stack), { recursive: true });
      customers(join(root, "stacks", stack, "customers"));
    }
    for (const [name, value] of Object.entries(files)) {
      const file = join(root, "stacks", stack, "customers", name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof value === "string" || value instanceof Buffer ? value : JSON.stringify(value));
    }
    return loadSettings(rawConfig(config), stack, root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

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
