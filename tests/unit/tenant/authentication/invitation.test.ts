import { afterEach, expect, test, vi } from "vitest";
import type { Body } from "../../../../local/tenant/management/json.ts";
import { AUDIENCE, admitted, arrivedAt, form, pageOf, refusedWith, Shop } from "./shop.ts";

const NEW = "new@mail.example";

afterEach(() => {
  vi.useRealTimers();
});

/** An app for members, an organization with the directory, where people may sign up, and a role that an invitation gives. */
async function company(more: Body = {}) {
  const client = { organization_usage: "require", initiate_login_uri: "https://app.example.com/login" };
  const api = { enforce_policies: true, token_dialect: "access_token_authz" };
  const shop = await Shop.open({ client, api });
  const { id } = await shop.tenant.make("/organizations", { name: "acme", display_name: "Acme" });
  const enabled = { connection_id: shop.connection, assign_membership_on_login: false, ...more };
  await shop.tenant.make(`/organizations/${id}/enabled_connections`, enabled);
  const role = await shop.tenant.make("/roles", { name: "reader" });
  const permissions = [{ resource_server_identifier: AUDIENCE, permission_name: "read:it" }];
  await shop.tenant.call("POST", `/roles/${role.id}/permissions`, { permissions });
  const invite = async (email: string): Promise<{ readonly [name: string]: string }> => {
    const { body } = await shop.tenant.call("POST", `/organizations/${id}/invitations`, {
      inviter: { name: "Ann" },
      invitee: { email },
      client_id: shop.client.client_id,
      roles: [role.id],
      app_metadata: { stage: "lead" },
    });
    const link = new URL(body.invitation_url);
    return {
      organization: link.searchParams.get("organization") ?? "",
      invitation: link.searchParams.get("invitation") ?? "",
    };
  };
  return { shop, id, invite };
}

test("who is invited and has an account becomes a member with the roles, once", async () => {
  const { shop, id, invite } = await company();
  const user = await shop.person(NEW, { email_verified: false });
  const asked = await invite(NEW);
  const app = shop.app();
  const { id: token, access } = admitted(
    await app.arrive(arrivedAt(await shop.signIn(shop.browser(), app, NEW, asked))),
  );
  expect({
    sub: token.sub,
    verified: token.email_verified,
    org: token.org_id,
    permissions: access.permissions,
  }).toEqual({
    sub: user,
    verified: true,
    org: id,
    permissions: ["read:it"],
  });
  expect((await shop.tenant.call("GET", `/users/${encodeURIComponent(user)}`)).body.app_metadata).toEqual({
    stage: "lead",
  });
  expect((await shop.tenant.call("GET", `/organizations/${id}/invitations`)).body).toEqual([]);
  const again = arrivedAt(await shop.signIn(shop.browser(), app, NEW, asked));
  expect(refusedWith(await app.arrive(again))).toEqual({
    error: "invalid_request",
    description: "invitation not found or already used",
  });
  admitted(await app.arrive(arrivedAt(await shop.signIn(shop.browser(), app, NEW, { organization: id }))));
});

test("an invitation is for one address, and is used up by anybody else's account", async () => {
  const { shop, id, invite } = await company();
  await shop.person("other@mail.example");
  const asked = await invite(NEW);
  const app = shop.app();
  const arrived = arrivedAt(await shop.signIn(shop.browser(), app, "other@mail.example", asked));
  expect(refusedWith(await app.arrive(arrived))).toEqual({
    error: "access_denied",
    description: "the specified account is not allowed to accept the current invitation",
  });
  expect((await shop.tenant.call("GET", `/organizations/${id}/members`)).body).toEqual([]);
  expect((await shop.tenant.call("GET", `/organizations/${id}/invitations`)).body).toEqual([]);
});

const joining = { assign_membership_on_login: true, is_signup_enabled: true };
test.each([
  ["the directory", {}, {}],
  ["the organization", joining, { disable_signup: true }],
])("who is invited and has no account makes one, where %s lets people sign up", async (_, more, options) => {
  const { shop, id, invite } = await company(more);
  await shop.tenant.call("PATCH", `/connections/${shop.connection}`, { options });
  const [browser, app] = [shop.browser(), shop.app()];
  const login = pageOf(await browser.open(app.begin(await invite(NEW))));
  const page = pageOf(await browser.follow(login, "Sign up"));
  const filled = { email: NEW, password: "Let-Me-In-1" };
  const { id: token } = admitted(await app.arrive(arrivedAt(await browser.fill(page, form(page, "email"), filled))));
  expect({ email: token.email, verified: token.email_verified, org: token.org_id }).toEqual({
    email: NEW,
    verified: true,
    org: id,
  });
});

test("where neither lets people sign up there is no way to make an account for an invitation", async () => {
  const { shop, invite } = await company();
  await shop.tenant.call("PATCH", `/connections/${shop.connection}`, { options: { disable_signup: true } });
  const login = pageOf(await shop.browser().open(shop.app().begin(await invite(NEW))));
  expect(login.links.map(({ label }) => label)).toEqual(["Forgot password?"]);
});

test("an invitation without its organization is refused", async () => {
  const { shop, invite } = await company();
  const app = shop.app();
  const { invitation = "" } = await invite(NEW);
  const arrived = arrivedAt(await shop.browser().open(app.begin({ invitation })));
  expect(refusedWith(await app.arrive(arrived))).toEqual({
    error: "invalid_request",
    description: "parameter organization is required with an invitation",
  });
});

test("an invitation is over a week after it was made", async () => {
  const { shop, invite } = await company();
  await shop.person(NEW);
  const asked = await invite(NEW);
  const app = shop.app();
  const accept = async () => app.arrive(arrivedAt(await shop.signIn(shop.browser(), app, NEW, asked)));
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: now + 604_800_000 });
  expect(refusedWith(await accept())).toEqual({
    error: "invalid_request",
    description: "invitation not found or already used",
  });
  vi.setSystemTime(now + 604_700_000);
  admitted(await accept());
});
