import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { pageFrom } from "../../../../../local/player/page.ts";
import type { Body } from "../../../../../local/tenant/management/json.ts";
import { formed, type Raw, type RawAnswer, Wire } from "../raw.ts";
import { admitted, arrivedAt, CALLBACK, PASSWORD, Shop } from "../shop.ts";
import { anyRequest } from "./requests.ts";

/** `make soak` sends more of them, and others each time. */
const wanted = Math.max(3_000, Number(process.env.REQUESTS || 0) / 10);
const seed = Number(process.env.SEED || 20_261_128);

const BOB = "bob@mail.example";
const CAT = "cat@mail.example";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Two logins of one browser: one that just began, and one of somebody who signed in and is to choose or agree. */
async function twoLogins(shop: Shop, wire: Wire, email: string) {
  const path = () =>
    shop
      .app()
      .begin({ scope: "openid email" })
      .href.replace(/^https:\/\/[^/]+/, "");
  const first = await wire.ask({ path: path() });
  const cookie = cookiesOf(first);
  const signed = stateOf(await wire.ask({ path: path(), headers: { cookie } }));
  const form = { state: signed, username: email, password: PASSWORD, action: "default" };
  const signedIn = await wire.ask(formed("/u/login/password", form, { cookie }));
  return { login: stateOf(first), signed, cookies: `${cookie}; ${cookiesOf(signedIn)}` };
}

function stateOf({ location = "" }: RawAnswer): string {
  return new URL(location, "https://localhost").searchParams.get("state") ?? "";
}

function cookiesOf({ cookies }: RawAnswer): string {
  return cookies.map((line) => line.split(";")[0]).join("; ");
}

/** Where an answer may lead: to the app, or on in the login. */
const places = [CALLBACK, "https://app.example.com/bye", "/u/"];

/** What is wrong with an answer; undefined where nothing is. */
function complaint(
  { method = "GET", path }: Raw,
  { status, type, location, text, cookies, headers }: RawAnswer,
): string | undefined {
  if (status >= 500 || status < 200) return `answered ${status}`;
  if (/\n\s+at |\bnode:|node_modules|\.ts:\d/.test(text)) return "shows where it failed";
  if (/<script|<img|\son\w+\s*=/i.test(text.replace(script, ""))) return "holds what was sent as it was sent";
  if (headers.includes("x-split")) return "has a header of the request's own";
  if (cookies.some((line) => !/^(?:did|auth0)=[\w-]*;/.test(line))) return `sets ${cookies}`;
  if (
    location !== undefined &&
    !places.some((place) => location === place || location.startsWith(place.endsWith("/") ? place : `${place}?`))
  )
    return `leads to ${location}`;
  if (status < 400 || method === "HEAD") return undefined;
  if (type.startsWith("text/html")) {
    const { title, items } = pageFrom(new URL("https://localhost/"), status, text);
    return title === "Sign-in is not possible" && items.length === 2 ? undefined : `answered ${status} on "${title}"`;
  }
  if (path.startsWith("/userinfo")) return text === "Unauthorized" || status === 404 ? undefined : `said ${text}`;
  const { error, code, description, message } = JSON.parse(text) as Body;
  const whole = typeof error === "string" || (typeof code === "string" && (description ?? message) !== undefined);
  return whole ? undefined : `answered ${status} with ${text}`;
}

/** The one script that there is: it sends the form of response_mode form_post. */
const script = "<script>document.forms[0].submit()</script>";

function kindOf({ status, type, location, text }: RawAnswer): string {
  if (location?.startsWith(CALLBACK)) return location.includes("code=") ? "a code" : "an error for the app";
  if (location !== undefined) return "on to a page";
  if (type.startsWith("text/html"))
    return status < 400 ? (text.includes(script) ? "a form for the app" : "a page") : "an error page";
  return status < 400 ? "an answer" : `an error ${status}`;
}

test(
  `${wanted} generated requests to the pages and the Authentication API: no 500, no trace, no way out`,
  async () => {
    const shop = await Shop.open({
      client: { organization_usage: "allow", organization_require_behavior: "post_login_prompt" },
      api: { skip_consent_for_verifiable_first_party_clients: false },
    });
    const organizations = await Promise.all(
      ["acme", "borealis"].map((name) =>
        shop.tenant.make("/organizations", {
          name,
          enabled_connections: [{ connection_id: shop.connection, assign_membership_on_login: false }],
        }),
      ),
    );
    await shop.person(BOB);
    const cat = await shop.person(CAT);
    for (const { id } of organizations)
      await shop.tenant.call("POST", `/organizations/${id}/members`, { members: [cat] });
    const wire = Wire.to(shop.tenant);
    const said = vi.spyOn(process.stderr, "write");
    const counts: Record<string, number> = {};
    const wrong: unknown[] = [];
    let places: Readonly<Record<string, string>> = {};

    const refill = async (email: string): Promise<void> => {
      const { client_id, client_secret } = shop.client;
      places = {
        client: client_id,
        secret: String(client_secret),
        basic: Buffer.from(`${client_id}:${client_secret}`).toString("base64"),
        ...(await twoLogins(shop, wire, email)),
        connection: shop.connection,
        organization: organizations[0]?.id ?? "",
        refresh: "v1.unknown",
        hint: "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.eA",
      };
    };
    const filled = (written: string): string => written.replaceAll(/\{(\w+)\}/g, (all, name) => places[name] ?? all);

    const requests = fc.sample(anyRequest, { numRuns: wanted, seed });
    for (const [at, request] of requests.entries()) {
      if (at % 15 === 0) await refill(at % 30 === 0 ? BOB : CAT);
      const headers = Object.fromEntries(
        Object.entries(request.headers ?? {}).map(([name, value]) => [name, filled(String(value))]),
      );
      const sent = { ...request, path: filled(request.path), headers };
      const answered = await wire.ask(request.body === undefined ? sent : { ...sent, body: filled(request.body) });
      const problem = complaint(sent, answered);
      if (problem !== undefined) wrong.push({ problem, sent, said: answered.text.slice(0, 200) });
      counts[kindOf(answered)] = (counts[kindOf(answered)] ?? 0) + 1;
    }

    console.log(JSON.stringify(counts), `seed ${seed}`);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(said.mock.calls.map(([line]) => String(line)).filter((line) => line.includes(" failed: "))).toEqual([]);
    for (const kind of [
      "an error for the app",
      "an error page",
      "a page",
      "on to a page",
      "an error 400",
      "an error 401",
    ])
      expect(counts[kind], kind).toBeGreaterThan(25);
    wire.close();
    const app = shop.app();
    await shop.person("dan@mail.example");
    const page = await shop.signIn(shop.browser(), app, "dan@mail.example", { scope: "openid" });
    admitted(await app.arrive(arrivedAt(page)));
  },
  wanted * 100,
);
