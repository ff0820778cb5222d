import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "./stacks/config.ts";
import { readConnectedTenant } from "./stacks/connected-tenant.ts";
import { declareTenant } from "./stacks/declare.ts";
import { readPrevious } from "./stacks/history.ts";
import { loadSettings } from "./stacks/load.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const config = readConfig(pulumi.getProject());
const settings = loadSettings({ config, stack: pulumi.getStack(), root, previous: await readPrevious() });

/**
 * `apps`, `operators`: client id and secret of each. `apis`: identifier of each API. `roles`: id of each role.
 * `companies`: of each, its organization id, type, state, conditions and domains, and its machine client where it has one.
 * `directory`: what the apps' back ends need to know (`access/directory.ts`), without a secret.
 */
export const { apps, apis, roles, operators, companies, directory } = declareTenant(
  settings,
  await readConnectedTenant(),
);
