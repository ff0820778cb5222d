import type { Refusal } from "../access/refusal.ts";

/** The last choice of somebody who came as an individual, in place of an organization id. */
export const individual = "individual";

/** What an app knows of a person who is about to sign in. */
export interface Visit {
  /** The app's name in the directory. */
  readonly app: string;
  /** The label in the app's own address, as `acme` in `acme.app.example`: the company's slug, or one that its entry names. */
  readonly subdomain?: string | undefined;
  /** The address that the person typed, or that of the person who is signed in. */
  readonly email?: string | undefined;
  /**
   * Ids of all organizations that the person is a member of, as the Management API lists them. Only of somebody who has authenticated:
   * before that it is left out, and the answer says nothing about who has an account.
   */
  readonly memberships?: readonly string[] | undefined;
  /** What led to a login last time: an organization id, or `individual`. Forgotten at a refusal. */
  readonly lastUsed?: string | undefined;
}

export type Resolution =
  /** Sign in with these parameters. */
  | {
      readonly kind: "login";
      readonly clientId: string;
      readonly organization: string | undefined;
      readonly loginHint: string | undefined;
      readonly reason: LoginReason;
    }
  /** Let the person choose, then sign in with the chosen one as `lastUsed`. */
  | {
      readonly kind: "ask";
      readonly among: readonly Choice[];
      /** Whether “as an individual” is a choice too. */
      readonly individual: boolean;
      readonly reason: "several";
    }
  /** Another app is the right one. */
  | {
      readonly kind: "elsewhere";
      readonly app: string;
      readonly url: string;
      readonly reason: Refusal["code"];
      readonly sentence: string;
    }
  /** No app admits this person, for this reason. */
  | { readonly kind: "refused"; readonly reason: Refusal["code"]; readonly sentence: string };

/**
 * Why this login. `subdomain`, `domain`, `membership`, `last-used`, `individual`: it ends in the app, if what the app knew was true.
 * `unknown`: the tenant finds out, which may end in its picker or in a refusal. `suspended`, `not_entitled`: the login ends in that
 * refusal, which nobody learns who has not signed in.
 */
export type LoginReason =
  | "subdomain"
  | "domain"
  | "membership"
  | "last-used"
  | "individual"
  | "unknown"
  | "suspended"
  | "not_entitled";

/** A company to choose. */
export interface Choice {
  /** Its id. */
  readonly organization: string;
  readonly slug: string;
  readonly name: string;
}
