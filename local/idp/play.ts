import { generateKeyPair, randomBytes, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { interactionPolicy, type JWK, Provider as OidcProvider } from "oidc-provider";
import { claimsOf, scopesOf, usernameOf } from "./claims.ts";
import type { OidcProvider as Described, Person, Provider } from "./description.ts";
import { inMemory } from "./storage.ts";

/** Seconds that somebody stays signed in at the provider, and that a page of it waits. */
const stays = 8 * 3600;
const waits = 3600;

/**
 * A provider of OpenID Connect for one company: https://github.com/panva/node-oidc-provider. Its tokens name the company's own issuer,
 * wherever it is played.
 * @param path what its addresses begin with, such as `/acme`
 */
export async function play(path: string, provider: Described): Promise<OidcProvider> {
  const slug = path.slice(1);
  const policy = interactionPolicy.base();
  policy.remove("consent"); // a company's people are not asked whether they may work
  policy.get("login")?.checks.add(anotherPerson(provider));
  const played = new OidcProvider(provider.issuer, {
    adapter: inMemory(),
    clients: [
      {
        client_id: provider.clientId,
        client_secret: provider.clientSecret,
        redirect_uris: [`https://localhost${callback}`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: scopesOf(provider),
    // the ID token says all that was asked for, as the companies' providers do
    conformIdTokenClaims: false,
    // several providers share the name localhost, and so a browser's cookies
    cookies: {
      keys: [randomBytes(32).toString("base64url")],
      names: { session: `${slug}_session`, interaction: `${slug}_sign_in`, resume: `${slug}_resume` },
    },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    findAccount: (_, sub) => {
      const person = provider.people.find((one) => one.sub === sub);
      return person && { accountId: sub, claims: () => ({ ...claimsOf(person, provider), sub }) };
    },
    interactions: { policy, url: (_, { uid }) => `${path}${signInPath}/${uid}` },
    jwks: { keys: [await signingKey()] },
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = "text/plain";
      ctx.body = `${provider.name} cannot sign anybody in: ${error}${description === undefined ? "" : `, ${description}`}.\n`;
    },
    responseTypes: ["code"],
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      const grant = new oidc.provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    ttl: { Session: stays, Interaction: waits, Grant: stays, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
  });
  // a tenant listens on whatever port is free: of an address on this machine only the path must fit
  played.Client.prototype.redirectUriAllowed = (uri: string) =>
    URL.canParse(uri) && uri === `https://localhost:${new URL(uri).port}${callback}`;
  return played;
}

/** Where a provider asks who somebody is, below its own path. */
export const signInPath = "/sign-in";

/** Where tenants want people to be sent back: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc */
const callback = "/login/callback";

/** The person whom an address, or another name that is signed in by, stands for. */
export function personNamed({ people }: Provider, name: string): Person | undefined {
  const wanted = name.trim().toLowerCase();
  return people.find((one) => [one.email, usernameOf(one), one.sub].some((known) => known?.toLowerCase() === wanted));
}

/** Who is to sign in is named, and is another one than the browser's: then the provider asks again. */
function anotherPerson(provider: Described): interactionPolicy.Check {
  const { Check } = interactionPolicy;
  return new Check("another_person", "somebody else is signed in", "login_required", ({ oidc }) => {
    const hint =
      typeof oidc.params?.login_hint === "string" ? personNamed(provider, oidc.params.login_hint) : undefined;
    const present = oidc.session?.accountId;
    // who was just asked has said who it is, hint or not
    return !oidc.result?.login && hint !== undefined && present !== undefined && present !== hint.sub;
  });
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" } as JWK;
}
