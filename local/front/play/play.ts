import { randomBytes } from "node:crypto";
import { placeOf } from "../../player/browser.ts";
import { authenticatorOf, keepAuthenticator } from "../../tenant/entities/authenticators.ts";
import { setPassword } from "../../tenant/entities/passwords.ts";
import { bodyAt, omit, textAt, textsAt } from "../../tenant/management/json.ts";
import type { OpenTenant } from "../../tenant/open.ts";
import type { Stored } from "../../tenant/store.ts";
import type { App } from "../facts/apps.ts";
import { type Login, Logins } from "../facts/logins.ts";
import type { Person } from "../facts/people.ts";
import { type Run, Runs } from "../facts/runs.ts";
import { beginLogin, type Heard } from "./app-login.ts";
import { inside } from "./inside.ts";
import { type Met, Visitor } from "./visitor.ts";

/** How a play ended. */
export type Ended =
  | {
      readonly kind: "heard";
      readonly heard: Heard /** Where the person came back, without what is secret. */;
      readonly at: string;
    }
  /** At a page that the person has no answer for. */
  | { readonly kind: "stopped"; readonly page: string; readonly says: string | undefined; readonly address: string }
  | { readonly kind: "choices"; readonly choices: readonly string[] }
  /** Something that no login should come to, in its own words. */
  | { readonly kind: "broken"; readonly says: string };

/** One login of one person at one app, played on a copy of the tenant. */
export interface Played {
  readonly met: readonly Met[];
  readonly end: Ended;
  /** As the tenant keeps it; undefined of a login that did not come to its end. */
  readonly login: Login | undefined;
  readonly runs: readonly Run[];
  /** The slug of the organization that the person came in with. */
  readonly organization: string | undefined;
}

export interface Part {
  readonly person: Person;
  readonly app: App;
  /** What the person chooses where there is a choice, in order. */
  readonly chosen: readonly string[];
}

/** @param copy changes by the play. @throws for what no login should come to */
export async function play(copy: OpenTenant, { person, app, chosen }: Part): Promise<Played> {
  const { objects } = copy.tenant;
  const client = objects.store.get("clients", app.clientId);
  if (!client) throw new Error(`the app ${app.name} is not there`);
  const login = await beginLogin(copy, withSecret(copy, client));
  const visitor = new Visitor(inside(copy), landings(copy, login.callback), {
    types: person.types,
    login: person.login,
    organizations: organizationsFor(person),
    ...proofsOf(copy, person),
  });
  const { met, ...rest } = await visitor.visit(login.start, chosen);
  const [last] = Logins.parse(await (await copy.app.request("/.local/logins")).json());
  const runs = Runs.parse(await (await copy.app.request("/.local/actions")).json());
  const slug = last?.organization === undefined ? undefined : objects.store.get("organizations", last.organization);
  const about = { met, login: last, runs, organization: slug && textAt(slug.body, "name") };
  if ("choices" in rest) return { ...about, end: { kind: "choices", choices: rest.choices } };
  if ("stopped" in rest) {
    const { title, complaint, url, items } = rest.stopped;
    const says = complaint ?? (items.length === 0 ? undefined : items.join(" "));
    return { ...about, end: { kind: "stopped", page: title, says, address: `${url.origin}${url.pathname}` } };
  }
  return { ...about, end: { kind: "heard", heard: await login.end(rest.arrived), at: shown(rest.arrived) } };
}

/** A work address leads to its company; whoever has another names the company. */
function organizationsFor({ provider, types, organizations }: Person): readonly string[] {
  return provider === undefined && organizations.length > 0 ? organizations : [types];
}

/** Nobody's own password is known here; on the copy whoever has one gets another, and the authenticator app takes the next code. */
function proofsOf({ tenant: { objects } }: OpenTenant, { user, identity }: Person) {
  if (user === undefined || identity === undefined) return { password: undefined, factor: undefined };
  const password = randomBytes(24).toString("base64url");
  const factor = authenticatorOf(objects, user)?.secret;
  objects.store.transaction(() => {
    setPassword(objects, identity, password);
    if (factor !== undefined) keepAuthenticator(objects, user, { secret: factor, counter: 0 });
  });
  return { password, factor };
}

/** Nor is an app's private key known: on the copy such an app has a secret. */
function withSecret({ tenant: { objects } }: OpenTenant, client: Stored): Stored {
  if (Object.keys(bodyAt(client.body, "client_authentication_methods")).length === 0) return client;
  const secret = {
    token_endpoint_auth_method: "client_secret_post",
    client_secret: randomBytes(24).toString("base64url"),
  };
  const body = { ...omit(client.body, ["client_authentication_methods"]), ...secret };
  return objects.store.transaction(() => objects.rewrite(client, body));
}

/** All addresses at which a browser leaves the tenant for an app. */
function landings({ tenant }: OpenTenant, own: string): string[] {
  const clients = tenant.objects.store.select({ family: "clients" });
  return [own, ...clients.flatMap(({ body }) => textsAt(body, "callbacks"))]
    .filter((callback) => URL.canParse(callback))
    .map((callback) => placeOf(new URL(callback)));
}

/** A code opens the copy alone, which is gone; it says nothing to anybody. */
function shown(arrived: URL): string {
  const [place] = arrived.href.split("?");
  const told = [...arrived.searchParams].map(([name, value]) => `${name}=${hidden.has(name) ? "…" : value}`);
  return `${place}?${told.join("&")}`;
}

const hidden: ReadonlySet<string> = new Set(["code", "state"]);
