import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { keyAdministration } from "./key-administration.ts";
import type { Place } from "./place.ts";
import { policyDocument, type Statement } from "./policy.ts";

export interface OwnKeyArgs {
  readonly place: Place;
  readonly description: string;
  /** By which people find it: `alias/auth0-b2b-prod-credentials`. */
  readonly alias: string;
  /** Who uses it, beside the account's administrators, who manage it. */
  readonly users: readonly Statement[];
}

interface OwnKeyOptions {
  readonly parent: pulumi.Resource;
  /** Of the key alone: an alias can be made again. */
  readonly protect?: boolean;
}

/** Days, the most there are: what a key has encrypted is lost with it. */
const deletionWindowInDays = 30;

/** A KMS key that is made anew each year, and its alias; the parent's children. */
export function ownKey(name: string, args: OwnKeyArgs, opts: OwnKeyOptions): aws.kms.Key {
  const { place, description, alias, users } = args;
  const policy = policyDocument([keyAdministration(place.account), ...users]);
  const key = new aws.kms.Key(
    name,
    { description, enableKeyRotation: true, deletionWindowInDays, policy, tags: place.tags },
    opts,
  );
  new aws.kms.Alias(name, { name: alias, targetKeyId: key.keyId }, { parent: opts.parent });
  return key;
}
