import { type Body, bodyAt, textAt } from "../management/json.ts";

/** What the link of an invitation is made of. */
export interface InvitationLink {
  readonly client: Body;
  readonly organization: Body;
  readonly settings: Body;
  readonly ticket: string;
}

/**
 * The app's login route with the parameters of an invitation; undefined where neither app nor tenant has a route.
 * https://auth0.com/docs/authenticate/login/auth0-universal-login/configure-default-login-routes
 */
export function invitationUrl({ client, organization, settings, ticket }: InvitationLink): string | undefined {
  const route =
    resolved(textAt(client, "initiate_login_uri"), organization) ?? textAt(settings, "default_redirection_uri");
  if (route === undefined || !URL.canParse(route)) return undefined;
  const url = new URL(route);
  url.searchParams.set("invitation", ticket);
  url.searchParams.set("organization", textAt(organization, "id") ?? "");
  url.searchParams.set("organization_name", textAt(organization, "name") ?? "");
  return url.href;
}

/** The route with the organization's metadata in it; undefined where one of its placeholders has no value. */
function resolved(route: string | undefined, organization: Body): string | undefined {
  if (route === undefined || route === "") return undefined;
  const metadata = bodyAt(organization, "metadata");
  const filled = route.replaceAll(
    /\{organization\.metadata\.(public_[\w.-]+)\}/g,
    (placeholder, key: string) => textAt(metadata, key) ?? placeholder,
  );
  // a custom domain's metadata has no value either: this tenant is asked under its own name
  return /[{}]/.test(filled) ? undefined : filled;
}
