import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { announceSuspensions, announceWarnings } from "./stacks/announce.ts";
import { readConfig, readTenantDomain } from "./stacks/config.ts";
import { readConnectedTenant } from "./stacks/connected-tenant.ts";
import { declareTenant } from "./stacks/declare.ts";
import { readPrevious } from "./stacks/history.ts";
import { checkLeavers } from "./stacks/leavers.ts";
import { loadSettings } from "./stacks/load.ts";
import { countPeople } from "./stacks/people-count.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const config = readConfig(pulumi.getProject());
const stack = pulumi.getStack();
const settings = loadSettings({
  config,
  stack,
  root,
  previous: await readPrevious(),
  now: new Date(),
  tenant: readTenantDomain(),
});
announceWarnings(settings);
const tenant = await readConnectedTenant();
await checkLeavers(stack, settings, (connection) => countPeople(tenant.domain, connection));
announceSuspensions(settings);

/**
 * `apps`, `operators`: client id and secret of each. `apis`: identifier of each API. `roles`: id of each role.
 * `companies`: of each, its organization id, type, state, conditions and domains, and its machine clients by name.
 * `directory`: what the apps' back ends need to know (`access/directory.ts`), without a secret.
 */
export const { apps, apis, roles, operators, companies, directory } = declareTenant(settings, tenant);
