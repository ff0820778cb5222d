import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

export interface TenantSettingsArgs {
  /** Name that people see on pages and in mail. */
  readonly friendlyName: string;
  /** Address that error pages offer. */
  readonly supportEmail: string;
  /** The connection whose passwords count where an app asks for the e-mail address first. */
  readonly defaultDirectory: pulumi.Input<string>;
  /** Where a login goes that cannot go back to its app. */
  readonly homeUrl: string;
  /** The domain that links in mail lead to, once Auth0 answers there. @default the tenant's own */
  readonly loginDomain?: pulumi.Input<string> | undefined;
}

/** Hours. Idle 72: a long weekend. Absolute 168: a week, then everyone signs in again. */
const session = { idle: 72, absolute: 168 } as const;

/** Settings that hold for the whole Auth0 tenant. */
export class TenantSettings extends pulumi.ComponentResource {
  constructor(name: string, args: TenantSettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:tenant:TenantSettings", name, args, opts);
    new auth0.Tenant(
      name,
      {
        friendlyName: args.friendlyName,
        supportEmail: args.supportEmail,
        defaultDirectory: args.defaultDirectory,
        defaultRedirectionUri: args.homeUrl,
        enabledLocales: ["en"],
        sessionLifetime: session.absolute,
        idleSessionLifetime: session.idle,
        sessionCookie: { mode: "persistent" },
        // Second factors are asked for by the post-login Action, which knows app, organization and connection.
        customizeMfaInPostloginAction: true,
        // Ids only: a name can be given up and taken by another organization.
        allowOrganizationNameInAuthenticationApi: false,
        // No client that describes itself by a document of its own.
        clientIdMetadataDocumentSupported: false,
        flags: {
          // A new client is enabled on no connection until the program says so.
          enableClientConnections: false,
          // Nobody registers clients from outside.
          enableDynamicClientRegistration: false,
          // The login page lists no company that has single sign-on.
          noDiscloseEnterpriseConnections: true,
          // Sign-up does not tell strangers who has an account.
          enablePublicSignupUserExistsError: false,
          // A refresh token that is revoked ends alone; its grant stays for the person's other devices.
          revokeRefreshTokenGrant: false,
          // Waits for the domain: a link to one that does not answer yet leads nowhere.
          ...(args.loginDomain !== undefined && {
            enableCustomDomainInEmails: pulumi.output(args.loginDomain).apply(() => true),
          }),
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
