import type { z } from "zod";
import { type ApiName, type AppName, apis, apps } from "../catalog.ts";
import type { Environment } from "../environments.ts";
import { distinct, strict, text } from "./strict.ts";
import { apiIdentifier, appUrl, claimNamespace, colour, displayName, email, httpsUrl } from "./values.ts";

const stage = text(/^[a-z][a-z0-9-]{0,49}$/, "1 to 50 lower-case letters, digits and hyphens, beginning with a letter");

/** What a person sets for one environment, apart from `customers`, which are read with the entries' files. */
export function settingsSchema(environment: Environment) {
  return strict({
    friendlyName: displayName,
    supportEmail: email,
    claimNamespace,
    branding: strict({ logoUrl: httpsUrl, primaryColor: colour, backgroundColor: colour }),
    apps: strict(sameFor(Object.keys(apps) as AppName[], appUrl(environment.localhostApps))).refine(
      (urls) => new Set(Object.values(urls)).size === Object.keys(urls).length,
      { error: "two apps have the same URL; allowed: each its own" },
    ),
    apis: strict(sameFor(Object.keys(apis) as ApiName[], apiIdentifier)),
    stages: distinct(stage, "a list of 1 to 50 funnel stages, in order", 50),
  });
}

export type TenantSettings = z.infer<ReturnType<typeof settingsSchema>>;

function sameFor<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}
