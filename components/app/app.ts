import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { type Policy, writePolicy } from "../../access/policy.ts";

export interface AppArgs {
  readonly displayName: string;
  readonly description: string;
  /** The app's root without a slash at the end; callback and logout URLs are exact and lie under it. */
  readonly url: string;
  readonly organizationUsage: "allow" | "require";
  /** Whom the app admits; the post-login Action reads it from the client's metadata. */
  readonly policy: Policy;
}

/** Seconds. A token family ends after 30 days, or after 3 without use. */
const refreshToken = { absolute: 2_592_000, idle: 259_200 } as const;

/** Seconds that an ID token lives: an hour. */
const idTokenLifetime = 3_600;

/** One application that people sign in to: a server-side web app with the authorization code flow. */
export class App extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  readonly clientSecret: pulumi.Output<string>;

  constructor(name: string, args: AppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:app:App", name, args, opts);
    const client = this.createClient(name, args);
    const credentials = new auth0.ClientCredentials(
      name,
      { clientId: client.clientId, authenticationMethod: "client_secret_post" },
      { parent: this },
    );
    this.clientId = client.clientId;
    this.clientSecret = pulumi.secret(credentials.clientSecret);
    this.registerOutputs({ clientId: this.clientId, clientSecret: this.clientSecret });
  }

  private createClient(name: string, args: AppArgs): auth0.Client {
    return new auth0.Client(
      name,
      {
        name: args.displayName,
        description: args.description,
        appType: "regular_web",
        isFirstParty: true,
        oidcConformant: true, // the API's default is false; organizations and rotation need it
        grantTypes: ["authorization_code", "refresh_token"],
        callbacks: [`${args.url}/callback`],
        allowedLogoutUrls: [args.url],
        organizationUsage: args.organizationUsage,
        // The e-mail address first; organizations come into play after it, so that HRD can route.
        organizationRequireBehavior: "post_login_prompt",
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
        clientMetadata: writePolicy(args.policy),
      },
      { parent: this },
    );
  }
}
