import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

export interface LoginExperienceArgs {
  readonly logoUrl: string;
  readonly primaryColor: string;
  readonly backgroundColor: string;
}

/**
 * How the login pages look, and that they ask for the identifier first: without that there is no Home Realm Discovery
 * (https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first).
 */
export class LoginExperience extends pulumi.ComponentResource {
  constructor(name: string, args: LoginExperienceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:tenant:LoginExperience", name, args, opts);
    const branding = new auth0.Branding(
      name,
      {
        logoUrl: args.logoUrl,
        // Always both: Auth0 turns identifier first off when branding is written without its colours.
        colors: { primary: args.primaryColor, pageBackground: args.backgroundColor },
      },
      { parent: this },
    );
    new auth0.Prompt(
      name,
      { universalLoginExperience: "new", identifierFirst: true, webauthnPlatformFirstFactor: false },
      { parent: this, dependsOn: branding }, // after branding, which may turn identifier first off
    );
    this.registerOutputs({});
  }
}
