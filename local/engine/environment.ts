import { delimiter, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { LocalFolder } from "./folder.ts";

/** Environment variables of a process, as Node gives them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What an environment for the CLI depends on. */
export interface Setting {
  readonly local: LocalFolder;
  /** The local tenant's port on `localhost`. */
  readonly port: number;
  /** For the tenant's Management API. @default any */
  readonly token?: string;
  /** The folder of `pulumi` and its language host. */
  readonly engineBin: string;
  /** The Node that runs the program and the stand-in plugin; this process's own by default. */
  readonly node?: string;
  /** `process.platform` by default. */
  readonly platform?: NodeJS.Platform;
}

/** Will do as a token for the local tenant, unless it demands scopes. Always the same, so that the provider's inputs do not change. */
export const ANY_TOKEN = "local";

/** The passphrase of stack `local`. It guards nothing: the stack's only secrets are those of a tenant on this machine. */
const LOCAL_PASSPHRASE = "local";

// What a person has set for other Pulumi projects, Auth0 tenants or AWS accounts must not change a local run.
const FOREIGN = /^(PULUMI_|AUTH0_|AWS_)/;
// These change how every Node process below the CLI starts or what it trusts.
const NODE_SWITCHES = ["NODE_OPTIONS", "NODE_TLS_REJECT_UNAUTHORIZED"];
const LOOPBACK = ["localhost", "127.0.0.1"];

/** Is this inherited variable left out of the environment of the CLI? */
const isForeign = (name: string): boolean => FOREIGN.test(name) || NODE_SWITCHES.includes(name);

/** The names among `inherited` that a local run must not see, sorted; `AUTH0_PLUGIN` is read before and goes too. */
export function foreignNames(inherited: Variables): string[] {
  return Object.keys(inherited).filter(isForeign).sort();
}

/** The variables that a local run sets: what `make env` prints, and all that differs from the person's own environment. */
export function localVariables(setting: Setting, inherited: Variables): Record<string, string> {
  const { local, port, token = ANY_TOKEN, engineBin, node = process.execPath, platform = process.platform } = setting;
  const ours = [dirname(node), engineBin];
  const path = (inherited.PATH ?? "").split(delimiter).filter((folder) => folder !== "" && !ours.includes(folder));
  const direct = noProxy(inherited);
  return {
    PATH: [...ours, ...path].join(delimiter),
    PULUMI_HOME: local.home,
    PULUMI_BACKEND_URL: pathToFileURL(local.state).href,
    PULUMI_CONFIG_PASSPHRASE: LOCAL_PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Without it the CLI tries to download a plugin for every Pulumi package in node_modules, at each run.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    AUTH0_DOMAIN: `localhost:${port}`,
    AUTH0_API_TOKEN: token,
    NODE_EXTRA_CA_CERTS: local.ca,
    ...(platform === "linux" ? { SSL_CERT_FILE: local.roots } : {}),
    NO_PROXY: direct,
    no_proxy: direct,
    ...(nodeWarns(node) ? { NODE_OPTIONS: "--disable-warning=ExperimentalWarning" } : {}),
  };
}

/** The whole environment for the CLI and all that it starts: the person's own, without what is foreign, with ours. */
export function cliEnvironment(setting: Setting, inherited: Variables = process.env): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !isForeign(name)) kept[name] = value;
  }
  return { ...kept, ...localVariables(setting, inherited) };
}

// gRPC between the CLI and its plugins, and the tenant's HTTPS, are on loopback: no proxy may get between.
function noProxy(inherited: Variables): string {
  const given = (inherited.NO_PROXY ?? inherited.no_proxy ?? "").split(",").map((host) => host.trim());
  return [...new Set([...given.filter((host) => host !== ""), ...LOOPBACK])].join(",");
}

// Node 22 and 23 print a warning for each TypeScript program they run; ours is the Node that runs the CLI's programs.
const nodeWarns = (node: string): boolean =>
  node === process.execPath && Number(process.versions.node.split(".")[0]) < 24;
