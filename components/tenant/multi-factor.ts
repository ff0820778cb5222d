import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

/**
 * The second factors that people may have. Whether one is asked for is the post-login Action's decision, so the
 * tenant's own policy never asks: https://auth0.com/docs/secure/multi-factor-authentication/customize-mfa/customize-mfa-selection-universal-login
 */
export class MultiFactor extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:tenant:MultiFactor", name, {}, opts);
    new auth0.Guardian(
      name,
      {
        policy: "never",
        otp: true,
        webauthnRoaming: { enabled: true, userVerification: "preferred" },
        recoveryCode: true,
        // A mailbox or a phone number is what an attacker takes first.
        email: false,
        phone: { enabled: false },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
