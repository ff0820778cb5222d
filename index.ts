import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { announceSuspensions, announceWarnings } from "./stacks/announce.ts";
import { readChosen, readConfig, readTenantDomain } from "./stacks/config.ts";
import { connectAws } from "./stacks/connected-aws.ts";
import { readConnectedTenant } from "./stacks/connected-tenant.ts";
import { declareTenant } from "./stacks/declare.ts";
import { readLastUp } from "./stacks/history.ts";
import { checkLeavers } from "./stacks/leavers.ts";
import { loadSettings } from "./stacks/load.ts";
import { scopeOf } from "./stacks/one-company.ts";
import { countPeople } from "./stacks/people-count.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const config = readConfig(pulumi.getProject());
const stack = pulumi.getStack();
const chosen = readChosen();
const last = await readLastUp(chosen?.told);
const { previous } = last;
const whole = loadSettings({ config, stack, root, previous, now: new Date(), tenant: readTenantDomain() });
announceWarnings(whole);
const tenant = await readConnectedTenant();
const connectedAws = await connectAws(whole.aws, stack);
const { settings, outputs } = await scopeOf(whole, { stack, tenant, last, slug: chosen?.slug });
await checkLeavers(stack, settings, (connection) => countPeople(tenant.domain, connection));
announceSuspensions(settings);

/**
 * `apps`, `operators`: client id and secret of each. `apis`: identifier of each API. `roles`: id of each role.
 * `companies`: of each, its organization id, type, state, conditions and domains, and its machine clients by name.
 * `directory`: what the apps' back ends need to know (`access/directory.ts`), without a secret.
 * `applied`: what a later change of one company needs to know of this `up` (`stacks/applied.ts`), without a secret.
 * `aws`: where the audit trail lies, under which path apps find their settings, and the login domain once it answers; not there without AWS.
 */
export default outputs(await declareTenant(settings, tenant, connectedAws));
