import type { Wire } from "../unit/tenant/authentication/raw.ts";
import { authorizePath, exchange, type Got, refresh, type Seen } from "./browser.ts";
import type { GeneratedTenant } from "./generated.ts";
import type { Played } from "./played.ts";
import type { Visit } from "./visits.ts";

// What must be true of every login, in the words of the tenant's data alone.

/** What may be said against tokens. */
function againstTokens(given: GeneratedTenant, visit: Visit, { sub, organization }: Got, gated: boolean): string[] {
  const { plain, homes, types, admits } = given;
  const user = plain.users.find(({ id }) => id === sub);
  const app = plain.clients.find(({ id }) => id === visit.client);
  if (!user || !app) return [`tokens for ${sub}, who is nobody`];
  const wrong: string[] = [];
  if (user.blocked) wrong.push("tokens for somebody who is blocked");
  const proved = visit.session?.user === sub || (visit.rightPassword && sub.startsWith("auth0|"));
  if (!proved) wrong.push("tokens for somebody who proved nothing");
  if (organization === undefined) {
    if (app.usage === "require") wrong.push("tokens without an organization in an app for members");
    return wrong;
  }
  if (app.usage === "deny") wrong.push("tokens with an organization in an app for individuals");
  const into = plain.organizations.find(({ id }) => id === organization);
  const link = into?.connections.find(({ connection }) => connection === homes[sub]);
  if (!into || !link) wrong.push("tokens for an organization that does not have the connection");
  const joined = plain.memberships.some((one) => one.organization === organization && one.user === sub);
  const invited = plain.invitations.some(
    (one) => one.organization === organization && one.email === user.email && !one.expired,
  );
  if (!joined && !invited && link?.autoMembership !== true) wrong.push("tokens for an organization without membership");
  if (visit.organization && ![into?.id, into?.name].includes(visit.organization))
    wrong.push("tokens for another organization than was asked for");
  if (gated && !admits[app.id]?.some((type) => type === types[organization]))
    wrong.push(`tokens for a ${types[organization]} in an app for ${admits[app.id]}`);
  return wrong;
}

const sameOrLess = (got: Got, than: Got): boolean =>
  got.sub === than.sub && got.organization === than.organization && got.scope.every((one) => than.scope.includes(one));

/** What a visit came to. */
export interface Judged {
  readonly wrong: readonly string[];
  readonly got: Got | undefined;
}

/** Takes what a visit gives, and tries to get more of it than once. */
export async function judge(
  wire: Wire,
  given: GeneratedTenant,
  visit: Visit,
  { visitor, seen, state }: Played,
  gated: boolean,
): Promise<Judged> {
  const wrong: string[] = [];
  const { client } = visit;
  const got = "code" in seen ? await exchange(wire, client, seen.code) : undefined;
  if (typeof got === "string") return { wrong: [`a code for which there is ${got}`], got: undefined };
  if (got) {
    wrong.push(...againstTokens(given, visit, got, gated));
    wrong.push(...(await silently(wire, visit, visitor, got)));
    const again = await refresh(wire, client, got.refresh);
    if (typeof again === "string") wrong.push(`a refresh token for which there is ${again}`);
    else {
      if (!sameOrLess(again, got)) wrong.push("a refresh gives more than the login");
      if (typeof (await refresh(wire, client, got.refresh)) !== "string") wrong.push("a refresh token works twice");
      if (typeof (await refresh(wire, client, again.refresh)) !== "string") wrong.push("a family outlives its theft");
    }
    if ("code" in seen && typeof (await exchange(wire, client, seen.code)) !== "string")
      wrong.push("a code works twice");
    if (state !== undefined && isOn(await visitor.open(`/u/login?state=${state}`))) wrong.push("a state works twice");
  } else if (isOver(seen) && visit.prompt === undefined) {
    wrong.push(...(await silently(wire, visit, visitor, undefined)));
  }
  return { wrong, got };
}

/** The same request once more, without a page: it gives no more than the visit did. */
async function silently(wire: Wire, visit: Visit, visitor: Played["visitor"], got: Got | undefined): Promise<string[]> {
  const seen = await visitor.open(authorizePath(visit, "none"));
  if (!("code" in seen)) return "page" in seen ? ["a silent login shows a page"] : [];
  if (!got) return ["a silent login gives a code where the visit gave an error"];
  const silent = await exchange(wire, visit.client, seen.code);
  if (typeof silent === "string") return [`a silent login's code for which there is ${silent}`];
  return sameOrLess(silent, got) ? [] : ["a silent login gives more than the visit"];
}

const isOver = (seen: Seen): boolean => "told" in seen;
const isOn = (seen: Seen): boolean => !("told" in seen && seen.told === "page 400");
