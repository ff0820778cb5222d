import type { Admission } from "./admit.ts";
import type { Limits } from "./terms.ts";

/**
 * What the back ends of apps and APIs know of the tenant: the stack's output `directory`, as JSON. No secret is in it. Apps and APIs
 * stand under their names in the catalog, companies under their organization ids.
 */
export interface Directory {
  /** `iss` of every token: `https://<domain>/`, with the slash. */
  readonly issuer: string;
  readonly apps: Readonly<Record<string, DirectoryApp>>;
  readonly apis: Readonly<Record<string, DirectoryApi>>;
  readonly organizations: Readonly<Record<string, DirectoryOrganization>>;
}

/** One way into an app: its registration with the tenant, and where it lives. */
interface Registration {
  readonly clientId: string;
  /** Without a slash at the end. */
  readonly url: string;
}

export interface DirectoryApp extends Registration {
  readonly policy: Admission;
  /** The app's second registration, which says “as an individual”. Left out where it has none. */
  readonly individuals?: Registration;
}

interface DirectoryApi {
  /** `aud` of the API's tokens. */
  readonly identifier: string;
}

export interface DirectoryOrganization {
  /** The company's name in URLs and refusals. */
  readonly slug: string;
  readonly displayName: string;
  readonly type: string;
  /** `live` lets its people in, and `pilot` those who were invited; every other state does not. */
  readonly state: string;
  /** Organization metadata that a policy may ask for, such as `api_access: "on"`. */
  readonly conditions: Readonly<Record<string, string>>;
  /** Domains that its people sign in with, normalised: but in a pilot no address at them has a password. Empty without single sign-on. */
  readonly domains: readonly string[];
  /** Domains of other companies whose people may be members too, each added by hand. */
  readonly guests: readonly string[];
  /** Whether people with a password may be members. */
  readonly passwords: boolean;
  /** Names of the apps that its people may enter. Left out: every one that admits the company. */
  readonly apps?: readonly string[];
  /** Labels under which apps that live at `acme.app.example` know the company. Left out: its slug. */
  readonly subdomains?: readonly string[];
  /** Names of the roles that an invitation may give. Left out: every one. */
  readonly memberRoles?: readonly string[];
  /** How much the company may make by itself. */
  readonly limits?: Limits;
}
