import { Ephemeral } from "../once.ts";
import { isLoopback, withoutSlash } from "./loopback.ts";

/** A login that is with an identity provider: what its answer must fit. */
interface Begun {
  /** The key of the login. */
  readonly login: string;
  readonly connection: string;
  readonly nonce: string;
  readonly verifier: string | undefined;
}

/** Seconds that a person may be with the provider: as long as a login may take. */
const patience = 3600;

/** Issuer → where it is played, such as `https://localhost:8500/acme`. */
export interface ProvidersAt {
  readonly [issuer: string]: string;
}

/** The identity providers that this tenant reaches, all of them on this machine. */
export class Providers {
  /** Each under its `state`, which is good once. */
  readonly begun = new Ephemeral<Begun>(patience);
  /** PEM of the authority that vouches for them. */
  readonly ca: string;
  readonly #at: ReadonlyMap<string, string>;

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
}
