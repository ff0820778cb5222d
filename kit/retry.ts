/** What an app knows that it needs to answer a refusal. */
export interface RetryDirectory {
  /** Slug → organization id, of every company. */
  readonly organizations: Readonly<Record<string, string>>;
  /** The app's second registration, for individuals; undefined where it has none. */
  readonly individualsClientId?: string | undefined;
}

/** The login that was refused. */
export interface RefusedLogin {
  /** The `client_id` that it was asked with. */
  readonly clientId: string;
  /** `error_description`, as the app got it. */
  readonly description: string | undefined;
  /** Whether this login was a retry already: to be kept in the app's own login state. */
  readonly retried: boolean;
}

/** One more login with these parameters, or none: then the person reads the sentence. */
export type Retry =
  | {
      readonly retry: true;
      readonly clientId: string;
      readonly organization: string | undefined;
      /** The session outlives a refusal, so that without it the same login would come again. */
      readonly prompt: "login";
    }
  | { readonly retry: false; readonly code: string | undefined; readonly sentence: string };

const unknown = "Signing in did not work. Please try again, or tell the operator.";

/**
 * The one right answer to a refused login, never a second one. `org_required:<slug>` asks for that company's organization;
 * `wrong_type` goes to the registration for individuals, once. Every other refusal is told to the person.
 */
export function retryAfter(login: RefusedLogin, directory: RetryDirectory): Retry {
  const { code, slug, sentence } = parsed(login.description);
  const told: Retry = { retry: false, code, sentence };
  if (login.retried) return told;
  if (code === "org_required") {
    const organization = Object.hasOwn(directory.organizations, slug) ? directory.organizations[slug] : undefined;
    return organization === undefined ? told : again(login.clientId, organization);
  }
  const { individualsClientId } = directory;
  if (code !== "wrong_type" || individualsClientId === undefined || individualsClientId === login.clientId) return told;
  return again(individualsClientId, undefined);
}

function again(clientId: string, organization: string | undefined): Retry {
  return { retry: true, clientId, organization, prompt: "login" };
}

/** A refusal of the Actions is `code: sentence` or `code:slug: sentence`; anything else is not one of theirs. */
function parsed(description = ""): { code: string | undefined; slug: string; sentence: string } {
  const found = /^([a-z_]+)(?::([a-z0-9-]+))?: (\S.*)$/.exec(description);
  if (!found) return { code: undefined, slug: "", sentence: unknown };
  const [, code, slug = "", sentence = ""] = found;
  return { code, slug, sentence };
}
