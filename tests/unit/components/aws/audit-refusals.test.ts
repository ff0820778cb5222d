import { expect, test } from "vitest";
import { writePolicy } from "../../../../access/policy.ts";
import { refusal, refusalText } from "../../../../access/refusal.ts";
import { bundle } from "../../../../actions/bundle.ts";
import type { PlayedLogin } from "../../../../local/tenant/authentication/login-log.ts";
import type { Body } from "../../../../local/tenant/management/json.ts";
import { auth0Event, samples } from "../../../harness/aws/events.ts";
import { Shop } from "../../tenant/authentication/shop.ts";
import { askToken, makeMachine, TestTenant } from "../../tenant/harness.ts";
import { codes, counts } from "./audit-counts.ts";

// Logins that are played on the local tenant, and what the audit trail would count of them on Auth0. The local tenant has no log
// of Auth0's: what it says of a login (`/.local/logins`) is put into the entry that Auth0 documents for it.

const ANN = "ann@mail.example";
const claimNamespace = "https://travel.example/claims/";
const policy = { orgTypes: [], orgRequires: {}, individuals: "allow", stageClaim: "off", mfa: "off" } as const;

/** Auth0 logs a silent login that nobody could answer as one of its own kind. */
function logged({ outcome, app, client, user, error, description }: PlayedLogin): object {
  const about = { client_name: app, client_id: client, user_id: user };
  if (outcome === "admitted") return auth0Event(samples.login, about);
  if (error === "login_required") return auth0Event(samples.failedSilentLogin, { ...about, description });
  return auth0Event(samples.failedLogin, {
    ...about,
    description,
    details: { error: { message: description, oauthError: error, type: "oauth-authorization" } },
  });
}

/** The last login that came to its end, as Auth0 would have logged it. */
async function last(shop: Shop): Promise<object> {
  return logged((await shop.tenant.local("GET", "/.local/logins")).body.at(-1));
}

/** Deploys an Action and binds it alone. */
async function bindOnly(tenant: TestTenant, trigger: string, version: string, code: string): Promise<void> {
  const action = { name: "gate", supported_triggers: [{ id: trigger, version }], code };
  const { id: value } = await tenant.make("/actions/actions", action);
  await tenant.call("GET", `/actions/actions/${value}`);
  await tenant.call("POST", `/actions/actions/${value}/deploy`);
  await tenant.call("PATCH", `/actions/triggers/${trigger}/bindings`, {
    bindings: [{ ref: { type: "action_id", value } }],
  });
}

async function guarded(client: Body, claimed: readonly string[] = []): Promise<Shop> {
  const shop = await Shop.open({ client });
  const byStage = { default: "pre-customer", byStage: {} };
  const firstRoles = { individual: byStage, customer: byStage, vendor: byStage };
  const code = await bundle("post-login", { claimNamespace, stages: ["lead"], firstRoles }, claimed);
  await bindOnly(shop.tenant, "post-login", "v3", code);
  return shop;
}

test.each([
  ["no_policy", {}, []],
  ["individuals_not_admitted", { client_metadata: writePolicy({ ...policy, individuals: "deny" }) }, []],
  ["sso_required", { client_metadata: writePolicy(policy) }, ["mail.example"]],
] as const)("a login that the gate refuses with %s counts as that and nothing else", async (code, client, claimed) => {
  const shop = await guarded(client, claimed);
  await shop.person(ANN);
  await shop.signIn(shop.browser(), shop.app(), ANN);
  expect(counts(await last(shop))).toEqual({ [`refused-${code}`]: 1 });
});

test("each code that an Action may refuse with arrives at the filter of that code", async () => {
  const shop = await Shop.open();
  const texts = JSON.stringify(Object.fromEntries(codes.map((code) => [code, refusalText(refusal(code))])));
  await shop.deploy("post-login", "onExecutePostLogin", `api.access.deny(${texts}[event.user.email.split("@")[0]]);`);
  for (const code of codes) {
    await shop.person(`${code}@mail.example`);
    await shop.signIn(shop.browser(), shop.app(), `${code}@mail.example`);
    expect(counts(await last(shop)), code).toEqual({ [`refused-${code}`]: 1 });
  }
});

test("one that the gate lets in counts nowhere, nor does an app that learns that nobody is signed in", async () => {
  const shop = await guarded({ client_metadata: writePolicy(policy) });
  await shop.person(ANN);
  await shop.signIn(shop.browser(), shop.app(), ANN);
  const { outcome } = (await shop.tenant.local("GET", "/.local/logins")).body.at(-1);
  expect([outcome, counts(await last(shop))]).toEqual(["admitted", {}]);
  await shop.browser().open(shop.app().begin({ prompt: "none" }));
  expect(counts(await last(shop))).toEqual({});
});

test("one that a broken gate ends counts among those without a code", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  await shop.deploy("post-login", "onExecutePostLogin", `throw new Error("no such thing");`);
  await shop.signIn(shop.browser(), shop.app(), ANN);
  expect(counts(await last(shop))).toEqual({ "refused-login-without-code": 1 });
});

test("a machine that the gate refuses counts as a machine", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  await bindOnly(tenant, "credentials-exchange", "v2", await bundle("credentials-exchange", { claimNamespace }));
  const { status, body } = await askToken(tenant, machine);
  expect([status, body.error]).toEqual([400, "invalid_request"]);
  const description = String(body.error_description);
  expect(description).toMatch(/^[a-z_]+: /);
  expect(counts(auth0Event(samples.failedMachineToken, { description }))).toEqual({ "refused-machine": 1 });
});
