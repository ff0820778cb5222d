import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningProviders, startProviders } from "../../../local/idp/server.ts";
import { declareTenant } from "../../../stacks/declare.ts";
import type { Settings } from "../../../stacks/load.ts";
import { DeclaredTenant, type Placed } from "../../harness/declared-tenant.ts";
import { type Outputs, secretsOf } from "../../scenarios/deploy.ts";
import { Play, type Stage } from "../../scenarios/play.ts";
import type { Outcome } from "../../scenarios/scenario.ts";
import { send } from "../../scenarios/send.ts";
import { config, load } from "../../unit/stacks/project.ts";
import { people } from "./good.people.ts";
import { providersOf } from "./good.providers.ts";
import { audience, keys, type Pair, shapes } from "./good.shapes.ts";
import { strategies } from "./good.strategies.ts";
import type { GoodEntries } from "./good.ts";

const good: GoodEntries = { ...strategies, ...people, ...shapes };
const addresses = Object.values(good).flatMap(({ logins }) =>
  logins.flatMap(([act]) => ("as" in act && act.as !== undefined ? [act.as] : [])),
);

let settings: Settings;
let providers: RunningProviders;
let tenant: DeclaredTenant;
let placed: Placed<Outputs>;
let stage: Stage;

beforeAll(async () => {
  const files = Object.entries(good).map(([slug, { entry }]) => [`${slug}.yaml`, entry] as const);
  settings = load({ config: { ...config, "shared-secret": { secure: "v1:…" } }, files: Object.fromEntries(files) });
  const described = providersOf(settings.companies, [...new Set(addresses)]);
  tenant = await DeclaredTenant.start(async (caDir) => {
    providers = await startProviders({ port: 0, caDir, providers: described });
    return { providers: providers.at };
  });
  placed = (await tenant.place(() => declareTenant(settings, tenant.connected))) as unknown as Placed<Outputs>;
  stage = { issuer: `${tenant.running.url}/`, ca: tenant.ca, secrets: new Map(secretsOf(placed.outputs)) };
});

afterAll(async () => {
  await providers?.close();
  await tenant?.close();
});

test(`${Object.keys(good).length} good entries are accepted together, 40 at least, and the tenant takes all that they declare`, () => {
  expect(settings.companies.map(({ slug }) => slug).toSorted()).toEqual(Object.keys(good).toSorted());
  expect(settings.companies.length).toBeGreaterThanOrEqual(40);
  expect(placed.refused).toEqual([]);
});

describe.each(Object.entries(good))("%s", (_, { title, logins }) => {
  test(title, async () => {
    const play = new Play(stage);
    for (const [act, comes] of logins) {
      expect(said(await play.act(act))).toBe(await play.hands.filled(comes));
    }
  });
});

function said(came: Outcome): string {
  if ("admitted" in came) {
    const { organization = "no company", stage: at } = came.admitted;
    return `in ${organization}${at === undefined ? "" : ` at ${at}`}`;
  }
  if ("tokens" in came)
    return `tokens of ${came.tokens.organization}: ${[came.tokens.may].flat().join(" ") || "nothing"}`;
  if ("refused" in came) return `refused: ${came.says}`;
  if ("turnedDown" in came) return `turned down: ${came.says}`;
  if ("stopped" in came)
    return `stopped at ${[came.stopped, ...(came.complaint ? [came.complaint] : []), ...(came.says ?? [])].join(": ")}`;
  return "done" in came ? "done" : JSON.stringify(came);
}

test("a machine with two keys gets a token by either, and by no other", async () => {
  const { issuer, ca, secrets } = stage;
  const clientId = secrets.get("keyed id") ?? "";
  const play = new Play(stage);
  const organization = await play.hands.idOf("org", "keyed");
  const ask = async ({ privateKey }: Pair) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: clientId, sub: clientId, aud: issuer, iat: now, exp: now + 60, jti: randomUUID() };
    const form = {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await new SignJWT(claims).setProtectedHeader({ alg: "RS256" }).sign(privateKey),
      audience,
      organization,
    };
    return (await send(ca, `${issuer}oauth/token`, { method: "POST", form })).status;
  };
  expect([await ask(keys.first), await ask(keys.second), await ask(keys.foreign)]).toEqual([200, 200, 401]);
});
