import { bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import { accessDenied, invalidRequest } from "./refusal.ts";

interface Question {
  readonly client: Stored;
  readonly grant: Stored;
  /** The parameter `organization`. */
  readonly asked: string | undefined;
}

/**
 * The organization of a machine's token, undefined for a token without one; throws a TokenRefusal. Statuses and codes of what
 * is refused are not documented: ours.
 * https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications/configure-your-application-for-m2m-access
 */
export function organizationOf(objects: Objects, { client, grant, asked }: Question): Stored | undefined {
  const usage = textAt(grant.body, "organization_usage") ?? "deny";
  const wanted = asked || (usage === "require" ? defaultOf(client) : undefined);
  if (wanted === undefined) {
    if (usage === "require") throw invalidRequest("parameter organization is required for this client");
    return undefined;
  }
  if (usage === "deny") throw invalidRequest("parameter organization is not allowed for this client");
  const organization = objects.store.get("organizations", wanted) ?? namedBy(objects, wanted);
  if (!organization) throw invalidRequest("parameter organization is invalid");
  const associated = objects.store.get("organization-grants", grant.id, organization.id);
  if (!associated && grant.body.allow_any_organization !== true)
    throw accessDenied(`Client is not authorized to access organization "${wanted}"`);
  return organization;
}

function defaultOf({ body }: Stored): string | undefined {
  const given = bodyAt(body, "default_organization");
  return textsAt(given, "flows").includes("client_credentials") ? textAt(given, "organization_id") : undefined;
}

/** True where requests may name an organization, and tokens do. */
export function areNamesAllowed(objects: Objects): boolean {
  return objects.single("tenants/settings").allow_organization_name_in_authentication_api === true;
}

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/use-org-name-authentication-api */
function namedBy(objects: Objects, name: string): Stored | undefined {
  if (areNamesAllowed(objects)) return objects.store.owner("organizations", "name", name);
  if (/^org_/.test(name)) return undefined;
  throw invalidRequest("parameter organization must be an organization id");
}
