import { admit, type Metadata } from "../../access/admit.ts";
import { stageOf } from "../../access/stage.ts";

/** What the operator sets once for the Action; it is written into the bundled text, where a preview shows it. */
export interface PostLoginSettings {
  /** An https URL that ends in `/`: begins every custom claim. */
  readonly claimNamespace: string;
  /** The funnel's stages, in order. */
  readonly stages: readonly string[];
}

/** A login, free of Auth0's shapes. */
export interface Login {
  readonly clientMetadata: Metadata;
  readonly organizationMetadata: Metadata | undefined;
  readonly personMetadata: Metadata;
}

export type Decision =
  | { readonly refusal: string }
  | { readonly claims: Readonly<Record<string, string>>; readonly notes: readonly string[] };

/**
 * Decides one login: a refusal (`<code>: <sentence>`), or the custom claims of both tokens and notes for the log.
 * Claims are namespaced: bare names such as `roles` are dropped by Auth0
 * (https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims).
 */
export function decide(login: Login, settings: PostLoginSettings): Decision {
  const verdict = admit(login);
  if (!verdict.admitted) return { refusal: `${verdict.code}: ${verdict.sentence}` };

  const claims: Record<string, string> = {};
  const notes: string[] = [];
  const claim = (name: string, value: string) => {
    claims[`${settings.claimNamespace}${name}`] = value;
  };
  const type = login.organizationMetadata?.type;
  if (typeof type === "string") claim("org_type", type);
  if (verdict.policy.stageClaim === "on") {
    const stage = stageOf(settings.stages, login.personMetadata, login.organizationMetadata);
    if (stage.known) claim("stage", stage.stage);
    else if (stage.found !== undefined) notes.push(`stage is not one of ${settings.stages.join(", ")}: no claim`);
  }
  return { claims, notes };
}
