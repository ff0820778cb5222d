import type { Switches } from "../../local/tenant/switches.ts";
import type { Rule } from "../../login/rules.ts";

/** One request to the Management API. `{org:acme}` in path and body stands for that organization's id; so app, user, connection, role. */
export interface Call {
  readonly method: "POST" | "PATCH" | "PUT" | "DELETE";
  /** What follows /api/v2/. */
  readonly path: string;
  readonly body?: object;
}

/** One login as a person and an app play it: what the app asks for, and what the person answers at each prompt. */
export interface Visit {
  readonly app: string;
  /** Parameters of the request, beside those of the protocol; placeholders as in a call. */
  readonly ask?: Readonly<Record<string, string>>;
  /** The address that the person types, and who they are to their identity provider. */
  readonly as?: string;
  /** @default everybody's */
  readonly password?: string;
  /** Who the person says to be at the identity provider. @default `as` */
  readonly provider?: string;
  /** Goes back from the identity provider without signing in. */
  readonly cancels?: true;
  /** Makes an account instead of signing in. */
  readonly signUp?: true;
  /** Typed where the organization is asked for first: its name, or an address; `personal`: goes on without one. */
  readonly organization?: string;
  /** Chosen before signing in, among organizations that share a domain. */
  readonly select?: string;
  /** The connection whose button is pressed. */
  readonly press?: string;
  /** Chosen after signing in. */
  readonly pick?: string;
  /** @default yes */
  readonly consents?: false;
  /** Whether the person has a second factor at hand. */
  readonly factor?: true;
  /** Another person's or another device's. @default the first one */
  readonly browser?: string;
}

/** Something that happens in a scenario. */
export type Act =
  | Visit
  /** The app renews its tokens. */
  | { readonly refresh: string }
  /** The person leaves by the app's sign-out. */
  | { readonly signOut: string }
  | { readonly machine: MachineRequest }
  /** What the tenant keeps of the person with that address. */
  | { readonly account: string }
  | Forgotten
  | Invited
  /** One of the operator's own programs calls the Management API, by its client. */
  | { readonly program: string; readonly calls: Call }
  | { readonly change: readonly Call[] };

/** Somebody follows the link of an invitation that was mailed to that address. */
export interface Invited extends Omit<Visit, "ask"> {
  readonly invited: string;
}

/** Somebody forgot the password, follows the link of the mail and gives a new one. */
export interface Forgotten {
  readonly forgot: string;
  readonly app: string;
  readonly newPassword: string;
}

export interface MachineRequest {
  /** The company whose own client asks, or an operator's client. */
  readonly client: string;
  readonly organization?: string;
  readonly audience: string;
}

/** What the tokens say, of the person by name, of the organization by slug. What is not there must not be in them. */
export interface Claims {
  readonly as?: string;
  readonly organization?: string;
  /** The claim `org_name`, which comes only where the tenant takes names. */
  readonly named?: string;
  readonly type?: string;
  readonly stage?: string;
  /** The ID token asks the app to renew its tokens once. */
  readonly renew?: true;
  /** `unsaid`: whether the first token holds a role given during its own login is not documented. */
  readonly may: readonly string[] | "unsaid";
}

export type PageName =
  | "identifier"
  | "password"
  | "sign-up"
  | "organization"
  | "selection"
  | "picker"
  | "challenge"
  | "enrollment"
  | "provider"
  /** The page by which a provider of SAML sends its response. */
  | "hand-over"
  | "consent"
  | "error"
  | "reset";

/** What a person met on the way; the consent page, and a provider's that only sends on, are left out where they were agreed to. */
interface Way {
  readonly pages: readonly PageName[];
  /** The rules that decided, as the tenant logged them. */
  readonly trace?: readonly Rule[];
}

export type Outcome =
  | ({ readonly admitted: Claims } & Way)
  | ({ readonly refused: string; readonly says: string } & Way)
  /** Stopped at a page that the person has no answer for. `offers`: the choices on it, organizations by slug. */
  | ({
      readonly stopped: PageName;
      readonly complaint?: string;
      readonly offers?: readonly string[];
      /** The heading of an identity provider's page. */
      readonly at?: string;
      readonly says?: readonly string[];
    } & Way)
  /** Tokens without a page. */
  | { readonly tokens: Claims }
  | { readonly turnedDown: string; readonly says: string }
  /** The heading of the last page, and what it lists. */
  | { readonly shown: string; readonly lists: readonly string[] }
  /** Without what only counts and dates. */
  | { readonly account: Readonly<Record<string, unknown>> }
  | { readonly done: true };

interface Turn {
  readonly when: Act;
  /** @default it is done */
  readonly outcome?: Outcome;
}

/** One case: people and tenant as given, what happens, and what must come of it by the public source. */
export interface Scenario extends Turn {
  /** A sentence. */
  readonly title: string;
  readonly source: string;
  readonly switches?: Partial<Switches>;
  /** How the tenant differs from stack `local`. */
  readonly given?: readonly Call[];
  readonly next?: readonly Turn[];
}
