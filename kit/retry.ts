import type { Directory, DirectoryApp } from "../access/directory.ts";
import { companyBySlug, companyOfAddress } from "./companies.ts";

/** The login that was refused. */
export interface RefusedLogin {
  /** The `client_id` that it was asked with. */
  readonly clientId: string;
  /** `error_description`, as the app got it. */
  readonly description: string | undefined;
  /** Whether this login was a retry already: to be kept in the app's own login state. */
  readonly retried: boolean;
  /** The person's address, where the app knows it. */
  readonly email?: string | undefined;
}

/** One more login with these parameters, or none: then the person reads the sentence. */
export type Retry =
  | {
      readonly retry: true;
      readonly clientId: string;
      readonly organization: string | undefined;
      /** Who comes is asked anew. Without it the session, which outlives a refusal, says who it is, and no page is shown. */
      readonly prompt: "login" | undefined;
      readonly loginHint: string | undefined;
    }
  | { readonly retry: false; readonly code: string | undefined; readonly sentence: string };

const unknown = "Signing in did not work. Please try again, or tell the operator.";

/**
 * The one right answer to a refused login, never a second one. `org_required:<slug>` asks for that company's organization; `wrong_type`
 * goes to the registration for individuals, once; `sso_required` asks who it is anew. Every other refusal is told to the person.
 */
export function retryAfter(login: RefusedLogin, directory: Directory): Retry {
  const { code, slug, sentence } = parsed(login.description);
  const told: Retry = { retry: false, code, sentence };
  const app = Object.values(directory.apps).find((one) => clientIdsOf(one).includes(login.clientId));
  if (login.retried || !app) return told;
  const company = companyOfAddress(directory, login.email);
  const again = { retry: true, clientId: app.clientId, prompt: undefined, loginHint: login.email } as const;
  switch (code) {
    case "org_required": {
      const named = companyBySlug(directory, slug);
      return named ? { ...again, organization: named.id } : told;
    }
    case "wrong_type": {
      // Who comes by a company's sign-in is nobody as an individual.
      const individuals = company ? undefined : app.individuals?.clientId;
      if (individuals === undefined || individuals === login.clientId) return told;
      return { ...again, clientId: individuals, organization: undefined };
    }
    case "sso_required":
      return { ...again, organization: company?.id, prompt: "login" };
    default:
      return told;
  }
}

/** Of an app's registrations. */
function clientIdsOf({ clientId, individuals }: DirectoryApp): string[] {
  return [clientId, ...(individuals ? [individuals.clientId] : [])];
}

/** A refusal of the Actions is `code: sentence` or `code:slug: sentence`; anything else is not one of theirs. */
function parsed(description = ""): { code: string | undefined; slug: string; sentence: string } {
  const found = /^([a-z_]+)(?::([a-z0-9-]+))?: (\S.*)$/.exec(description);
  if (!found) return { code: undefined, slug: "", sentence: unknown };
  const [, code, slug = "", sentence = ""] = found;
  return { code, slug, sentence };
}
