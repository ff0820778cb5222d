/** What an app asks for at /authorize, as far as it decides who gets in and how. */
export interface Request {
  readonly client: string;
  readonly organization?: string;
  readonly connection?: string;
  readonly prompt?: "none" | "login";
  readonly loginHint?: string;
  readonly signup?: boolean;
  readonly invitation?: string;
  /** Seconds since the person proved who they are, at most. */
  readonly maxAge?: number;
}

/** Who somebody proved to be, and through which connection. */
export interface Identity {
  readonly user: string;
  readonly connection: string;
}

interface Session extends Identity {
  /** Seconds since the person proved who they are. */
  readonly age: number;
}

/** `personal` is the account without an organization. */
type Choice = { readonly organization: string } | "personal";

/** What is known so far in one login: the browser's session, and what the person did at the prompts. */
export interface Known {
  readonly session?: Session;
  /** Typed at the organization prompt: a name or an address; or that it is to be the personal account. */
  readonly named?: string | "personal";
  /** Chosen among organizations that share a domain, before authentication. */
  readonly selected?: string;
  /** Typed at the identifier prompt; empty once the person took it back, whatever else would stand for it. */
  readonly identifier?: string;
  /** A connection whose button was pressed. */
  readonly pressed?: string;
  /** Proved during this login. */
  readonly identity?: Identity;
  /** Chosen in the picker, after authentication. */
  readonly picked?: Choice;
  /** The invitation was accepted during this login, so that it is there no more. */
  readonly accepted?: true;
  /** What the Actions of post-login said. */
  readonly actions?: { readonly denied?: string };
}

/** An error as the app gets it; `page`: shown to the person, because nothing leads back. */
export interface LoginError {
  readonly kind: "error";
  readonly error: string;
  readonly description: string;
  /** The invitation that this refusal uses up. */
  readonly spends?: string;
}

/** What comes next. */
export type Step =
  | LoginError
  /** The person names an organization, or an address of it; `retry` says what was not found. */
  | {
      readonly kind: "name-organization";
      readonly by: readonly ("email" | "organization_name")[];
      readonly personal: boolean;
      readonly notFound?: string;
    }
  /** Several organizations share the address's domain. */
  | { readonly kind: "select-organization"; readonly organizations: readonly string[] }
  /** The person types an address or presses a button. */
  | {
      readonly kind: "identify";
      readonly organization?: string;
      readonly buttons: readonly string[];
      readonly database?: string;
      readonly signup: boolean;
      readonly hint?: string;
    }
  /** The person proves to be an account of this database, or makes one. */
  | {
      readonly kind: "password";
      readonly connection: string;
      readonly organization?: string;
      readonly signup: boolean;
      readonly identifier?: string;
    }
  /** The connection's identity provider takes over. */
  | { readonly kind: "federate"; readonly connection: string; readonly organization?: string; readonly hint?: string }
  | { readonly kind: "pick"; readonly organizations: readonly string[]; readonly personal: boolean }
  /** Everything is settled but the Actions; `joins` is the organization whose member the person becomes first. */
  | ({ readonly kind: "actions" } & Admission)
  | ({ readonly kind: "admitted" } & Admission);

export interface Admission extends Identity {
  readonly organization?: string;
  readonly joins?: string;
  readonly invitation?: string;
}
