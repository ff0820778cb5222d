import {
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from "openid-client";
import { type Body, bodyAt, textAt, textsAt } from "../../management/json.ts";
import type { Stored } from "../../store.ts";
import { AppRefusal } from "../refusals.ts";
import { userinfoScopes } from "./attributes.ts";
import { refusalOf, unreachable } from "./failures.ts";
import { loopbackFetch } from "./loopback.ts";
import type { Providers } from "./providers.ts";
import { strategyNamed } from "./strategies.ts";

/** Seconds that an identity provider has for an answer. */
const timeout = 10;

/** This tenant as a client of one connection's identity provider. */
export interface RelyingParty {
  readonly configuration: Configuration;
  readonly options: Body;
  readonly strategy: NonNullable<ReturnType<typeof strategyNamed>>;
  readonly scope: string;
}

/**
 * Reads the provider's discovery document, so that new keys and addresses count at once. Signatures of ID tokens are checked although
 * they come straight from the provider. Throws an AppRefusal: for a strategy that is not served, an issuer that is not on this machine
 * (for which nothing is sent), or a provider that does not answer.
 */
export async function relyingParty(providers: Providers, { body }: Stored): Promise<RelyingParty> {
  const name = textAt(body, "name") ?? "";
  const kind = textAt(body, "strategy") ?? "";
  const options = bodyAt(body, "options");
  const strategy = strategyNamed(kind);
  if (!strategy)
    throw new AppRefusal("server_error", `The connection ${name} signs in by ${kind}, which is not served here yet`);
  const issuer = strategy.issuer(options);
  const base = issuer === undefined ? undefined : providers.baseOf(issuer);
  const client = textAt(options, "client_id");
  if (issuer === undefined || base === undefined || !URL.canParse(issuer)) throw unreachable(issuer ?? name);
  if (client === undefined) throw new AppRefusal("server_error", `The connection ${name} has no client_id`);
  if (textAt(options, "token_endpoint_auth_method") === "private_key_jwt")
    throw new AppRefusal("server_error", `The connection ${name} signs its requests, which is not served here yet`);
  const secret = textAt(options, "client_secret");
  try {
    const configuration = await discovery(
      new URL(issuer),
      client,
      {},
      secret === undefined ? None() : ClientSecretPost(secret),
      { [customFetch]: loopbackFetch(issuer, base, providers.ca), execute: [enableNonRepudiationChecks], timeout },
    );
    return { configuration, options, strategy, scope: scopeOf(options) };
  } catch (thrown) {
    throw refusalOf(thrown, issuer);
  }
}

/** What the connection asks for, as a text or a list; without `openid` there would be no ID token. */
function scopeOf(options: Body): string {
  const listed = [...textsAt(options, "scope"), ...(textAt(options, "scope")?.split(" ") ?? [])];
  const wanted = listed.length === 0 ? ["profile", "email"] : listed;
  return [...new Set(["openid", ...wanted, ...(userinfoScopes(options) ?? [])])].filter((one) => one !== "").join(" ");
}
