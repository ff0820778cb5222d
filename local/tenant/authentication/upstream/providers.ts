import { Ephemeral } from "../once.ts";
import { isLoopback, withoutSlash } from "./loopback.ts";

/** A login that is with an identity provider: what its answer must fit. */
export interface Begun {
  /** The key of the login. */
  readonly login: string;
  readonly connection: string;
  readonly proof: CodeProof | RequestProof;
}

/** By OpenID Connect. */
export interface CodeProof {
  readonly nonce: string;
  readonly verifier: string | undefined;
}

/** By SAML: the id of the request. */
interface RequestProof {
  readonly request: string;
}

/** Seconds that a person may be with the provider: as long as a login may take. */
const patience = 3600;

/** Issuer → where it is played, such as `https://localhost:8500/acme`. */
export interface ProvidersAt {
  readonly [issuer: string]: string;
}

/** The identity providers that this tenant reaches, all of them on this machine. */
export class Providers {
  /** Each under its `state`, or RelayState, which is good once. */
  readonly begun = new Ephemeral<Begun>(patience);
  /** The assertions that came: nobody waits longer for one. */
  readonly assertions = new Ephemeral<true>(patience);
  /** PEM of the authority that vouches for them. */
  readonly ca: string;
  readonly #at: ReadonlyMap<string, string>;

  /** The same ones, with no login under way. */
  afresh(): Providers {
    return new Providers(Object.fromEntries(this.#at), this.ca);
  }

  /** Throws an Error with one sentence where one of them is not on this machine. */
  constructor(at: ProvidersAt, ca: string) {
    const elsewhere = Object.values(at).find((base) => !isLoopback(base));
    if (elsewhere !== undefined)
      throw new Error(`An identity provider must be at an https address of this machine, not at ${elsewhere}.`);
    this.#at = new Map(Object.entries(at).map(([issuer, base]) => [withoutSlash(issuer), base]));
    this.ca = ca;
  }

  /** Where an issuer is played; undefined for one that is not. */
  baseOf(issuer: string): string | undefined {
    return this.#at.get(withoutSlash(issuer));
  }

  /** Whose an address is, by the issuer that it lies below, and where that is played; undefined for one that is not. */
  placeOf(address: string): { readonly issuer: string; readonly at: string } | undefined {
    for (const [issuer, base] of this.#at)
      if (address === issuer || address.startsWith(`${issuer}/`))
        return { issuer, at: `${withoutSlash(base)}${address.slice(issuer.length)}` };
    return undefined;
  }
}
