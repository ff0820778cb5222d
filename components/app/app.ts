import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { type Policy, writePolicy } from "../../access/policy.ts";
import type { Guard } from "../guard.ts";

export interface AppArgs {
  readonly displayName: string;
  readonly description: string;
  /** `web`: a server keeps the client's secret; `spa`: code in the browser, without a secret. Both use PKCE. */
  readonly kind: "web" | "spa";
  /** The root without a slash at the end; callback, logout and login URLs are exact and lie under it. */
  readonly url: string;
  /** Where the login's own URLs lie below the root. */
  readonly path: "" | `/${string}`;
  /**
   * How people sign in (https://auth0.com/docs/manage-users/organizations/login-flows-for-organizations):
   * `individuals`: never with an organization; `everyone`: e-mail address first, then with or without one;
   * `members`: e-mail address first, always with one; `members-organization-first`: the organization first.
   */
  readonly login: "individuals" | "everyone" | "members" | "members-organization-first";
  /** Whom the app admits; the post-login Action reads it from the client's metadata. */
  readonly policy: Policy;
  /** The APIs that the app may ask for in a person's name, by name: identifier and scopes. */
  readonly grants: Readonly<
    Record<string, { readonly audience: pulumi.Input<string>; readonly scopes: readonly string[] }>
  >;
  readonly guard: Guard;
}

/** Seconds. A token family ends after 30 days, or after 3 without use. */
const refreshToken = { absolute: 2_592_000, idle: 259_200 } as const;

/** Seconds that an ID token lives: an hour. */
const idTokenLifetime = 3_600;

/** One application that people sign in to: authorization code flow with PKCE, refresh tokens that rotate and expire. */
export class App extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  /** Undefined for an app in the browser, which can keep none. */
  readonly clientSecret: pulumi.Output<string> | undefined;

  constructor(name: string, args: AppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:app:App", name, args, pulumi.mergeOptions({ protect: args.guard.protect }, opts));
    const client = this.createClient(name, args);
    const credentials = new auth0.ClientCredentials(
      name,
      { clientId: client.clientId, authenticationMethod: args.kind === "spa" ? "none" : "client_secret_post" },
      { parent: this },
    );
    for (const [api, grant] of Object.entries(args.grants)) this.createGrant(`${name}-${api}`, grant, client);
    this.clientId = client.clientId;
    this.clientSecret = args.kind === "spa" ? undefined : pulumi.secret(credentials.clientSecret);
    this.registerOutputs({ clientId: this.clientId, clientSecret: this.clientSecret });
  }

  private createClient(name: string, args: AppArgs): auth0.Client {
    const root = `${args.url}${args.path}`;
    return new auth0.Client(
      name,
      {
        name: args.displayName,
        description: args.description,
        appType: args.kind === "spa" ? "spa" : "regular_web",
        isFirstParty: true,
        oidcConformant: true, // the API's default is false; organizations and rotation need it
        grantTypes: ["authorization_code", "refresh_token"],
        callbacks: [`${root}/callback`],
        allowedLogoutUrls: [args.url],
        initiateLoginUri: `${root}/login`,
        ...(args.kind === "spa" && { webOrigins: [args.url] }),
        ...organizationOf(args.login),
        jwtConfiguration: { alg: "RS256", lifetimeInSeconds: idTokenLifetime },
        refreshToken: {
          rotationType: "rotating",
          expirationType: "expiring",
          leeway: 0,
          tokenLifetime: refreshToken.absolute,
          idleTokenLifetime: refreshToken.idle,
          infiniteTokenLifetime: false,
          infiniteIdleTokenLifetime: false,
        },
        clientMetadata: { ...writePolicy(args.policy), app: name },
      },
      { parent: this },
    );
  }

  private createGrant(name: string, { audience, scopes }: AppArgs["grants"][string], client: auth0.Client): void {
    new auth0.ClientGrant(
      name,
      { clientId: client.clientId, audience, subjectType: "user", scopes: [...scopes].sort() },
      { parent: this },
    );
  }
}

/**
 * Both settings from one word: Auth0 refuses a changed behaviour beside discovery methods that are still there.
 * https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior
 */
function organizationOf(login: AppArgs["login"]) {
  switch (login) {
    case "individuals":
      return { organizationUsage: "deny" };
    case "everyone":
      return { organizationUsage: "allow", organizationRequireBehavior: "post_login_prompt" };
    case "members":
      return { organizationUsage: "require", organizationRequireBehavior: "post_login_prompt" };
    case "members-organization-first":
      return {
        organizationUsage: "require",
        organizationRequireBehavior: "pre_login_prompt",
        organizationDiscoveryMethods: ["email", "organization_name"],
      };
    default:
      return login satisfies never;
  }
}
