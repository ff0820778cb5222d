import type * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";
import { type Database, databaseOptions } from "./strategies/database.ts";
import { type GoogleApps, googleAppsOptions } from "./strategies/google-apps.ts";
import { type Adfs, adfsOptions, type Waad, waadOptions } from "./strategies/microsoft.ts";
import { type Oidc, type Okta, oidcOptions, oktaOptions } from "./strategies/openid.ts";
import { type Samlp, samlpOptions } from "./strategies/samlp.ts";

/** How a company's people sign in through their own identity provider, by strategy. */
export type EnterpriseConnectionSettings = {
  /** Whether whoever signs in by it becomes a member. @default true */
  readonly autoMembership?: boolean | undefined;
  /** What its button says; at most 128 characters. @default the connection's name */
  readonly displayName?: string | undefined;
  /** Whether the organization's own prompt shows its button. @default true */
  readonly showAsButton?: boolean | undefined;
} & (Oidc | Okta | Samlp | Waad | GoogleApps | Adfs);

/** A company's connection of any kind. */
export type ConnectionSettings =
  | EnterpriseConnectionSettings
  | (Database & { readonly autoMembership?: boolean | undefined });

/** What the options of a connection depend on beside its settings. */
export interface Place {
  /** Whether addresses at its domains lead here. Without it an app names the connection. */
  readonly routed: boolean;
  readonly organizationId: pulumi.Input<string>;
}

/** Always the whole set: Auth0 replaces `options` as a whole. */
export function optionsOf(
  settings: ConnectionSettings,
  { routed, organizationId }: Place,
): auth0.types.input.ConnectionOptions {
  switch (settings.strategy) {
    case "oidc":
      return oidcOptions(settings, routed);
    case "okta":
      return oktaOptions(settings, routed);
    case "samlp":
      return samlpOptions(settings, routed, organizationId);
    case "waad":
      return waadOptions(settings, routed);
    case "google-apps":
      return googleAppsOptions(settings, routed);
    case "adfs":
      return adfsOptions(settings, routed);
    case "database":
      return databaseOptions(settings);
    default:
      return settings satisfies never;
  }
}
