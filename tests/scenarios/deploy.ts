import { addPeople } from "../../local/commands/people.ts";
import { readPeople } from "../../local/commands/people-file.ts";
import type { LocalFolder } from "../../local/engine/folder.ts";
import { World } from "../e2e/world.ts";
import { root } from "../harness/stack-settings.ts";
import type { providersOf } from "./providers.ts";

interface Credentials {
  readonly clientId: string;
  readonly clientSecret?: string | null;
}

/** What a real `pulumi up` of stack `local` left behind, with its people added; its tenant is stopped. */
export interface Deployed {
  /** The tenant's: the Actions that were deployed know no other. */
  readonly port: number;
  /** The certificate's, and the data's. */
  readonly local: LocalFolder;
  /** By an app's name, and by a machine's. */
  readonly secrets: readonly (readonly [string, string])[];
  readonly providers: Parameters<typeof providersOf>[0];
  /** The stack's output for apps' back ends, which the kit reads. */
  readonly directory: unknown;
}

/** The stack's outputs, as far as logins need them. */
export interface Outputs {
  readonly apps: Readonly<Record<string, Credentials>>;
  readonly operators: Readonly<Record<string, Credentials>>;
  readonly companies: Readonly<Record<string, { readonly machines: Readonly<Record<string, Credentials>> }>>;
  readonly directory: unknown;
}

/** Deploys stack `local` anew, once and for real. `close` takes it all away. */
export async function deploy(): Promise<{ readonly deployed: Deployed; readonly close: () => Promise<void> }> {
  const world = await World.create();
  const close = () => world.close();
  try {
    await world.up();
    const { tenant, local } = world;
    await addPeople({ port: tenant.port, ca: local.ca }, readPeople(root, "stacks/local/people.yaml"), () => undefined);
    const outputs = (await world.outputs()) as unknown as Outputs;
    const secrets = secretsOf(outputs);
    const providers = {
      "acme-sso": await setting(world, "acme-sso-secret"),
      "cedar-sso": await setting(world, "cedar-sso-secret"),
    };
    await tenant.stop();
    return { deployed: { port: tenant.port, local, secrets, providers, directory: outputs.directory }, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function setting(world: World, key: string): Promise<string> {
  const { status, stdout } = await world.pulumi("config", "get", key);
  if (status !== 0) throw new Error(`pulumi config get ${key} failed`);
  return stdout.trim();
}

/**
 * By an app's name, and by a machine's, an operator's or a company's: its slug (`acme`, or `acme/eu` for another machine than `machine`); of
 * machines the id too.
 */
export function secretsOf({ apps, operators, companies }: Outputs): Deployed["secrets"] {
  const machines = Object.entries(companies).flatMap(([slug, { machines }]) =>
    Object.entries(machines).map(
      ([name, machine]) => [name === "machine" ? slug : `${slug}/${name}`, machine] as const,
    ),
  );
  const all = [...Object.entries(apps), ...Object.entries(operators), ...machines];
  return all.flatMap(([name, { clientId, clientSecret }]) => [
    [`${name} id`, clientId] as const,
    ...(clientSecret ? [[name, clientSecret] as const] : []),
  ]);
}
