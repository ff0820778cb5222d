import { join } from "node:path";
import { expect, test } from "vitest";
import { families } from "../../../local/tenant/entities/index.ts";
import { acceptInvitation, invitationOf } from "../../../local/tenant/entities/invitations-accept.ts";
import { mails } from "../../../local/tenant/entities/mail.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import { Objects } from "../../../local/tenant/management/objects.ts";
import { Store } from "../../../local/tenant/store.ts";
import { type Reply, TestTenant } from "./harness.ts";

const refused = (message: string): Reply => ({
  status: 400,
  body: { statusCode: 400, error: "Bad Request", message, errorCode: "invalid_body" },
});
const noInvitation = {
  status: 404,
  body: {
    statusCode: 404,
    error: "Not Found",
    message: "The invitation does not exist.",
    errorCode: "inexistent_invitation",
  },
};
const noRoute =
  "A default login route is required to generate the invitation url. For more information, see https://auth0.com/docs/universal-login/configure-default-login-routes";

interface Given {
  readonly path: string;
  readonly organization: string;
  readonly client_id: string;
}

/** An organization and an app whose people it may invite. */
async function acme(tenant: TestTenant, client: Body = {}): Promise<Given> {
  const { id } = await tenant.make("/organizations", { name: "acme", metadata: { public_host: "acme.example.com" } });
  const app = {
    name: "App",
    organization_usage: "allow",
    initiate_login_uri: "https://app.example.com/login",
    ...client,
  };
  const { client_id } = await tenant.make("/clients", app);
  return { path: `/organizations/${id}/invitations`, organization: id, client_id };
}

const people = (client_id: string): Body => ({
  inviter: { name: "Ann" },
  invitee: { email: "Bob@acme.com" },
  client_id,
});

/** What is stored, once the tenant is stopped. */
async function stored<T>(tenant: TestTenant, look: (objects: Objects) => T): Promise<T> {
  await tenant.running.close();
  const { store } = Store.open(join(tenant.folder, "tenant.db"));
  try {
    return store.transaction(() => look(new Objects(store, families)));
  } finally {
    store.close();
  }
}

test("an invitation has a ticket, a link to the app's login route and an end after seven days", async () => {
  const tenant = await TestTenant.fresh();
  const { path, organization, client_id } = await acme(tenant);
  const made = await tenant.call("POST", path, people(client_id));
  const ticket = made.body.ticket_id;
  expect(ticket).toMatch(/^[A-Za-z0-9]{32}$/);
  const link = `https://app.example.com/login?invitation=${ticket}&organization=${organization}&organization_name=acme`;
  expect(made).toEqual({
    status: 201,
    body: {
      id: expect.stringMatching(/^uinv_[A-Za-z0-9]{16}$/),
      ...people(client_id),
      invitation_url: link,
      ticket_id: ticket,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      expires_at: new Date(Date.parse(made.body.created_at) + 604_800_000).toISOString(),
      organization_id: organization,
    },
  });
  expect(await tenant.call("GET", `${path}/${made.body.id}`)).toEqual({ status: 200, body: made.body });
  const narrowed = await tenant.call("GET", `${path}/${made.body.id}?fields=id,invitee`);
  expect(narrowed.body).toEqual({ id: made.body.id, invitee: { email: "Bob@acme.com" } });
});

test("an invitation keeps what it was given, and ends when it was told to", async () => {
  const tenant = await TestTenant.fresh();
  const { path, organization, client_id } = await acme(tenant);
  const connection = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  await tenant.call("POST", `/organizations/${organization}/connections`, { connection_id: connection.id });
  const role = await tenant.make("/roles", { name: "admin" });
  const given = {
    ...people(client_id),
    connection_id: connection.id,
    roles: [role.id],
    app_metadata: { plan: "gold" },
    user_metadata: { locale: "fr" },
  };
  const { body } = await tenant.call("POST", path, { ...given, ttl_sec: 60, send_invitation_email: false });
  expect(body).toMatchObject(given);
  expect(Date.parse(body.expires_at) - Date.parse(body.created_at)).toBe(60_000);
  expect(body).not.toHaveProperty("ttl_sec");
  expect(body).not.toHaveProperty("send_invitation_email");
  const unspecified = await tenant.call("POST", path, { ...given, ttl_sec: 0 });
  expect(Date.parse(unspecified.body.expires_at) - Date.parse(unspecified.body.created_at)).toBe(604_800_000);
  expect(await tenant.call("POST", path, { ...given, ttl_sec: 2_592_001 })).toEqual(
    refused("Payload validation error: 'Value 2592001 is greater than maximum 2592000' on property ttl_sec."),
  );
});

test("the link follows the app's route with its query and the organization's metadata, and else the tenant's", async () => {
  const tenant = await TestTenant.fresh();
  const { path, client_id } = await acme(tenant);
  const originOf = async (initiate_login_uri: string) => {
    await tenant.call("PATCH", `/clients/${client_id}`, { initiate_login_uri });
    const { body } = await tenant.call("POST", path, people(client_id));
    return body.invitation_url?.replace(/invitation=\w+&organization=org_\w+&/, "") ?? body.message;
  };
  expect(await originOf("https://{organization.metadata.public_host}/in?a=1#b")).toBe(
    "https://acme.example.com/in?a=1&organization_name=acme#b",
  );
  expect(await originOf("https://{organization.metadata.public_other}/in")).toBe(noRoute);
  await tenant.call("PATCH", "/tenants/settings", { default_redirection_uri: "https://example.com/start" });
  expect(await originOf("https://{organization.metadata.public_other}/in")).toBe(
    "https://example.com/start?organization_name=acme",
  );
  expect(await originOf("")).toBe("https://example.com/start?organization_name=acme");
});

test("an invitation that nobody could accept is refused in Auth0's words", async () => {
  const tenant = await TestTenant.fresh();
  const { path, organization, client_id } = await acme(tenant);
  const ask = (more: Body) => tenant.call("POST", path, { ...people(client_id), ...more });
  expect(await ask({ client_id: "nobody" })).toEqual(refused("The specified client_id does not exist."));
  const closed = await tenant.make("/clients", { name: "Closed", initiate_login_uri: "https://app.example.com/login" });
  expect(await ask({ client_id: closed.client_id })).toEqual(
    refused(`The specified client_id (${closed.client_id}) does not allow organizations.`),
  );
  const bare = await tenant.make("/clients", { name: "Bare", organization_usage: "allow" });
  expect(await ask({ client_id: bare.client_id })).toEqual(refused(noRoute));
  expect(await ask({ connection_id: "con_abcdefghijklmnop" })).toEqual(
    refused("The specified connection does not exist."),
  );
  const sms = await tenant.make("/connections", { name: "email", strategy: "email" });
  expect(await ask({ connection_id: sms.id })).toEqual(refused("Passwordless connections are not supported."));
  const staff = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const notEnabled = refused(`The specified connection (${staff.id}) is not enabled for the organization`);
  expect(await ask({ connection_id: staff.id })).toEqual(notEnabled);
  const off = { connection_id: staff.id, is_enabled: false };
  await tenant.call("POST", `/organizations/${organization}/connections`, off);
  expect(await ask({ connection_id: staff.id })).toEqual(notEnabled);
  const roles = ["rol_abcdefghijklmnop", "rol_bcdefghijklmnopq"];
  expect(await ask({ roles })).toEqual(refused(`One or more of the specified roles do not exist: ${roles.join(", ")}`));
  expect(await ask({ invitee: { email: "bob" } })).toEqual(
    refused(
      "Payload validation error: 'Object didn't pass validation for format email: bob' on property invitee.email (The invitee's email.).",
    ),
  );
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: [] });
  expect(
    (await tenant.call("POST", "/organizations/org_abcdefghijklmnop/invitations", people(client_id))).body.message,
  ).toBe("No organization found by that id or name");
});

test("a list is newest first, can be turned, and tells with totals how many the page holds", async () => {
  const tenant = await TestTenant.fresh();
  const { path, client_id } = await acme(tenant);
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await tenant.make(path, people(client_id))).id);
  const listed = async (query: string) => (await tenant.call("GET", `${path}${query}`)).body;
  const idsOf = (page: readonly Body[]) => page.map(({ id }) => id);
  expect(idsOf(await listed(""))).toEqual([...ids].reverse());
  expect(idsOf(await listed("?sort=created_at:1"))).toEqual(ids);
  expect(await listed("?fields=id&sort=created_at:1&page=1&per_page=2&include_totals=true")).toEqual({
    invitations: [{ id: ids[2] }],
    start: 2,
    limit: 1,
  });
  expect((await listed("?fields=ticket_id")).message).toMatch(
    /^Query validation error: 'String does not match pattern/,
  );
  expect((await listed("?sort=id:1")).errorCode).toBe("invalid_query_string");
});

test("a deleted invitation is gone, deleting twice is once, and all go with their organization", async () => {
  const tenant = await TestTenant.start();
  const { path, organization, client_id } = await acme(tenant);
  const first = await tenant.make(path, people(client_id));
  const second = await tenant.make(path, people(client_id));
  const done = { status: 204, body: undefined };
  expect(await tenant.call("DELETE", `${path}/${first.id}`)).toEqual(done);
  expect(await tenant.call("DELETE", `${path}/${first.id}`)).toEqual(done);
  expect(await tenant.call("GET", `${path}/${first.id}`)).toEqual(noInvitation);
  expect(await tenant.call("DELETE", `/organizations/${organization}`)).toEqual(done);
  const left = await stored(tenant, (objects) => invitationOf(objects, String(second.ticket_id)));
  expect(left).toBeUndefined();
});

test("an invitation is mailed unless it says not to, and not with the template turned off", async () => {
  const tenant = await TestTenant.start();
  const { path, client_id } = await acme(tenant);
  const { invitation_url } = await tenant.make(path, people(client_id));
  await tenant.make(path, { ...people(client_id), send_invitation_email: false });
  const template = { template: "user_invitation", body: "hi", from: "", subject: "Come", syntax: "liquid" };
  await tenant.make("/email-templates", { ...template, enabled: false });
  await tenant.make(path, people(client_id));
  await tenant.call("PATCH", "/email-templates/user_invitation", { enabled: true });
  const last = await tenant.make(path, people(client_id));
  const mail = { to: "Bob@acme.com", kind: "user_invitation", created_at: expect.any(String) };
  expect(await stored(tenant, mails)).toEqual([
    { ...mail, subject: "You have been invited", link: invitation_url },
    { ...mail, subject: "Come", link: last.invitation_url },
  ]);
});

test("accepting makes a member with roles, metadata and a verified address, and ends the invitation", async () => {
  const tenant = await TestTenant.start();
  const { path, organization, client_id } = await acme(tenant);
  const [kept, gone] = [await tenant.make("/roles", { name: "kept" }), await tenant.make("/roles", { name: "gone" })];
  const { user_id } = await tenant.make("/users", {
    connection: "Username-Password-Authentication",
    email: "bob@acme.com",
    password: "Secret-1",
    app_metadata: { own: 1, plan: "free" },
  });
  const user = String(user_id);
  const { ticket_id } = await tenant.make(path, {
    ...people(client_id),
    roles: [kept.id, gone.id],
    app_metadata: { plan: "gold" },
  });
  const ticket = String(ticket_id);
  await tenant.call("DELETE", `/roles/${gone.id}`);
  const after = await stored(tenant, (objects) => {
    acceptInvitation(objects, ticket, user);
    const { store } = objects;
    return {
      member: store.get("organization-members", user, organization)?.id,
      roles: store.select({ family: "organization-member-roles" }).map(({ id, scope }) => [scope, id]),
      account: store.get("users", user)?.body,
      invitation: invitationOf(objects, ticket),
    };
  });
  expect(after.member).toBe(user);
  expect(after.roles).toEqual([[`${organization}\n${user}`, kept.id]]);
  expect(after.account).toMatchObject({ email_verified: true, app_metadata: { own: 1, plan: "gold" } });
  expect(after.account).not.toHaveProperty("user_metadata");
  expect(after.invitation).toBeUndefined();
});
