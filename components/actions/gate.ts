import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { type ActionName, type ActionSettings, bundle } from "../../actions/bundle.ts";
import type { Guard } from "../guard.ts";

export interface GateArgs<Name extends ActionName> {
  readonly settings: ActionSettings[Name];
  /**
   * Every claimed domain → the company that claims it. A preview names here which ones come and go.
   * @default none: for an Action that asks nothing of domains
   */
  readonly claimedDomains?: Readonly<Record<string, string>>;
  /** What the Action must know and its text must not say. @default none */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly guard: Guard;
}

/** Version of each trigger's event and api: https://auth0.com/docs/customize/actions/explore-triggers */
const versions = {
  "post-login": "v3",
  "credentials-exchange": "v2",
  "pre-user-registration": "v2",
  "password-reset-post-challenge": "v1",
} as const satisfies Record<ActionName, string>;

/** The text of an Action as it would be were no domain claimed. */
export function textWithoutDomains<Name extends ActionName>(name: Name, settings: ActionSettings[Name]) {
  return bundle(name, settings, name === "credentials-exchange" ? undefined : []);
}

/** One Action, deployed and then bound. It owns the whole order of its trigger. The name is the trigger's. */
export class Gate<Name extends ActionName> extends pulumi.ComponentResource {
  /** Known once the Action is deployed and bound, in a preview too. */
  readonly bound: pulumi.Output<string>;

  constructor(name: Name, args: GateArgs<Name>, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:actions:Gate", name, args, {
      ...opts,
      aliases: [{ type: "auth0-b2b:actions:PostLogin" }], // its name in 0.1; drop once every stack has run 0.2
    });
    const action = new auth0.Action(
      name,
      {
        name,
        code: bundle(name, args.settings, args.claimedDomains && Object.keys(args.claimedDomains)),
        runtime: "node22",
        supportedTriggers: { id: name, version: versions[name] },
        deploy: true,
        ...(args.secrets && {
          secrets: Object.entries(args.secrets).map(([secret, value]) => ({ name: secret, value })),
        }),
      },
      { parent: this },
    );
    const binding = new auth0.TriggerActions(
      name,
      { trigger: name, actions: [{ id: action.id, displayName: name }] },
      // Deleting the binding unbinds every Action of the trigger, and says that all went well.
      { parent: this, retainOnDelete: args.guard.retain },
    );
    this.bound = binding.urn;
    this.registerOutputs({});
  }
}
