import { Browser } from "../../local/player/browser.ts";
import { overTls } from "../../local/player/over-tls.ts";
import { App } from "../scenarios/app.ts";
import type { Hands } from "../scenarios/hands.ts";
import { Person } from "../scenarios/person.ts";
import { knownApp, landings } from "../scenarios/places.ts";
import type { Stage } from "../scenarios/play.ts";
import type { Visit } from "../scenarios/scenario.ts";

/** What every ID token has, or what counts and dates. */
const everyToken = ["iss", "aud", "iat", "exp", "sid", "nonce", "auth_time", "updated_at"];

/**
 * What comes of a login: all that its ID token says of the person, and into which organization it went; or where it ended.
 * A browser of its own unless the visit names one.
 */
export function visits({ issuer, ca, secrets }: Stage, hands: Hands) {
  const people = new Map<string, Person>();
  const personAt = (browser = `${people.size}`) => {
    const person = people.get(browser) ?? new Person(new Browser(overTls(ca), landings), new URL(issuer).host);
    people.set(browser, person);
    return person;
  };
  return async (visit: Visit) => {
    const clientId = await hands.idOf("app", visit.app);
    const app = new App({ issuer, ca, clientId, secret: secrets.get(visit.app), ...knownApp(visit.app) });
    const asked = JSON.parse(await hands.filled(JSON.stringify(visit.ask ?? {})));
    const { arrived, stopped } = await personAt(visit.browser).visit(app.begin(asked), visit);
    if (!arrived) return { stopped: stopped?.name, complaint: stopped?.page.complaint };
    const got = await app.arrive(arrived);
    if ("error" in got) return { refused: got.error, says: got.description };
    const { org_id: organization, ...said } = got.id;
    const claims = Object.entries(said).filter(([name]) => !everyToken.includes(name) && !name.startsWith("https://"));
    const into = typeof organization === "string" ? { organization: await hands.slugOf(organization) } : {};
    return { ...into, ...Object.fromEntries(claims) };
  };
}
