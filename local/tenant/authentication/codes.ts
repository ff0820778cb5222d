import type { Claims } from "../actions/protocol.ts";
import { Ephemeral } from "./once.ts";

/** What a person let an app have: the tokens of the login and of every refresh after it are for this. */
export interface Granted {
  readonly client: string;
  readonly user: string;
  readonly connection: string;
  readonly organization?: string;
  readonly session: string;
  /** As asked for; what of it is given is looked up again each time. */
  readonly scopes: readonly string[];
  readonly audience?: string;
  /** When the person proved who they are: seconds since 1970. */
  readonly authenticated: number;
}

/** What a code is exchanged for. */
export interface Code {
  readonly granted: Granted;
  /** As the request named it; the exchange must name it again: RFC 6749, 4.1.3. */
  readonly redirectUri?: string;
  readonly nonce?: string;
  /** Whether the request named an age. */
  readonly aged: boolean;
  readonly challenge?: string;
  /** What the Actions of the login put into the tokens. */
  readonly custom: { readonly idToken: Claims; readonly accessToken: Claims };
  /** Scopes that Actions added and took away. */
  readonly changed: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

interface Issued extends Code {
  used: boolean;
  /** The refresh token that the exchange gave: it goes when the code comes again. */
  refreshToken?: string;
}

/** Seconds. The documentation names none; RFC 6749 allows ten minutes. */
const lifetime = 600;

/** Authorization codes, each good for one exchange: https://auth0.com/docs/api/authentication/authorization-code-flow-with-pkce/get-token-pkce */
export class Codes {
  readonly #issued = new Ephemeral<Issued>(lifetime);

  issue(code: Code): string {
    return this.#issued.add({ ...code, used: false });
  }

  /** The code's meaning at its first use; `again` with what the first one gave (RFC 6749, 4.1.2); undefined for an unknown or old one. */
  use(code: string): Code | { readonly again: string | undefined } | undefined {
    const issued = this.#issued.get(code);
    if (!issued) return undefined;
    if (issued.used) return { again: issued.refreshToken };
    issued.used = true;
    return issued;
  }

  /** Remembers the refresh token that a code's exchange gave. */
  gave(code: string, refreshToken: string): void {
    const issued = this.#issued.get(code);
    if (issued) issued.refreshToken = refreshToken;
  }

  clear(): void {
    this.#issued.clear();
  }
}
