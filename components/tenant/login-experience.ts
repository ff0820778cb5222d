import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

export interface LoginExperienceArgs {
  readonly branding: { readonly logoUrl: string; readonly primaryColor: string; readonly backgroundColor: string };
  /** Prompt → screen → text → words: https://auth0.com/docs/customize/login-pages/universal-login/customize-text-elements */
  readonly texts: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
}

/**
 * How the login pages look and what they say, and that they ask for the identifier first: without that there is no
 * Home Realm Discovery (https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first).
 */
export class LoginExperience extends pulumi.ComponentResource {
  constructor(name: string, args: LoginExperienceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:tenant:LoginExperience", name, args, opts);
    const branding = this.createBranding(name, args.branding);
    new auth0.Prompt(
      name,
      { universalLoginExperience: "new", identifierFirst: true, webauthnPlatformFirstFactor: false },
      {
        parent: this,
        dependsOn: branding,
        // Writing branding may turn identifier first off (https://github.com/auth0/terraform-provider-auth0/issues/1509),
        // and an unchanged prompt would not be written again. Its delete does nothing.
        replacementTrigger: args.branding,
      },
    );
    for (const [prompt, screens] of Object.entries(args.texts)) this.createTexts(prompt, screens);
    this.registerOutputs({});
  }

  private createBranding(name: string, branding: LoginExperienceArgs["branding"]): auth0.Branding {
    return new auth0.Branding(
      name,
      {
        logoUrl: branding.logoUrl,
        // Always both: Auth0 turns identifier first off when branding is written without its colours.
        colors: { primary: branding.primaryColor, pageBackground: branding.backgroundColor },
      },
      { parent: this },
    );
  }

  private createTexts(prompt: string, screens: LoginExperienceArgs["texts"][string]): void {
    new auth0.PromptCustomText(prompt, { prompt, language: "en", body: JSON.stringify(screens) }, { parent: this });
  }
}
