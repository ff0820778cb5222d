import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { bundle } from "../../actions/bundle.ts";
import type { PostLoginSettings } from "../../actions/post-login/decide.ts";
import type { Guard } from "../guard.ts";

export interface PostLoginArgs {
  readonly settings: PostLoginSettings;
  readonly guard: Guard;
}

/** The gate: the post-login Action, deployed and then bound. It owns the whole order of its trigger. */
export class PostLogin extends pulumi.ComponentResource {
  constructor(name: string, args: PostLoginArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:actions:PostLogin", name, args, opts);
    const action = new auth0.Action(
      name,
      {
        name,
        code: bundle("post-login", args.settings),
        runtime: "node22",
        supportedTriggers: { id: "post-login", version: "v3" },
        deploy: true,
      },
      { parent: this },
    );
    new auth0.TriggerActions(
      name,
      { trigger: "post-login", actions: [{ id: action.id, displayName: name }] },
      // Deleting the binding unbinds every Action of the trigger, and says that all went well.
      { parent: this, retainOnDelete: args.guard.retain },
    );
    this.registerOutputs({});
  }
}
