import { bodiesAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import { type Stored, scopeOf } from "../store.ts";
import type { ApiAccess } from "./api-access.ts";

const family = "user-grants";

/** Who lets which app have what. */
export interface Consent {
  readonly user: string;
  readonly client: Stored;
  readonly redirectUri: string;
  readonly access: ApiAccess;
}

/**
 * The scopes that the person still has to agree to; none for an app of the operator's own whose API skips it, unless it runs where
 * nobody can verify it: on localhost.
 * https://auth0.com/docs/get-started/applications/confidential-and-public-applications/user-consent-and-third-party-applications
 */
export function openConsent({ store }: Objects, consent: Consent): string[] {
  const { client, access, redirectUri, user } = consent;
  if (client.body.is_first_party !== false) {
    if (!access.api || access.api.body.is_system === true) return [];
    const skips = access.api.body.skip_consent_for_verifiable_first_party_clients === true;
    if (skips && new URL(redirectUri).hostname !== "localhost") return [];
  }
  const given = textsAt(store.get(family, idOf(consent), user)?.body ?? {}, "scope");
  return access.scopes.filter((scope) => scope !== "openid" && !given.includes(scope));
}

/** Remembers that the person agreed. */
export function agree({ store }: Objects, consent: Consent): void {
  const { access, user } = consent;
  const known = store.get(family, idOf(consent), user);
  const scope = [...new Set([...textsAt(known?.body ?? {}, "scope"), ...access.scopes])];
  if (known) store.update(known, { ...known.body, scope }, []);
  else store.insert(family, user, idOf(consent), { scope }, []);
}

/** What the scopes mean, as the API describes them; those of OpenID Connect in our words. */
export function described(access: ApiAccess, scopes: readonly string[]): string[] {
  const known = bodiesAt(access.api?.body ?? {}, "scopes");
  return scopes.map((scope) => {
    const own = known.find((one) => textAt(one, "value") === scope);
    return standard[scope] ?? (own && textAt(own, "description")) ?? scope;
  });
}

const standard: { readonly [scope: string]: string } = {
  profile: "See your name and picture",
  email: "See your email address",
  offline_access: "Stay signed in while you are away",
};

function idOf({ client, access }: Consent): string {
  return scopeOf(client.id, access.api === undefined ? "" : (textAt(access.api.body, "identifier") ?? ""));
}
