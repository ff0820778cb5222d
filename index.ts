import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "./stacks/config.ts";
import { declareTenant } from "./stacks/declare.ts";
import { loadSettings } from "./stacks/load.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const settings = loadSettings(readConfig(pulumi.getProject()), pulumi.getStack(), root);

/**
 * `apps`: client id and secret of each app. `apis`: identifier of each API. `roles`: id of each role.
 * `companies`: organization id of each company, and its machine client where it has one.
 */
export const { apps, apis, roles, companies } = declareTenant(settings);
