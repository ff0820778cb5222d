import { join } from "node:path";
import { expect, test } from "vitest";
import { verifyAddress } from "../../../local/tenant/entities/identities-of.ts";
import { families } from "../../../local/tenant/entities/index.ts";
import { mails } from "../../../local/tenant/entities/mail.ts";
import { redeemTicket, ticketOf } from "../../../local/tenant/entities/tickets-store.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import { Objects } from "../../../local/tenant/management/objects.ts";
import { Store } from "../../../local/tenant/store.ts";
import { type Reply, TestTenant } from "./harness.ts";

const connection = "Username-Password-Authentication";
const verification = "/tickets/email-verification";
const change = "/tickets/password-change";

const bad = (message: string, errorCode = "invalid_body"): Reply => ({
  status: 400,
  body: { statusCode: 400, error: "Bad Request", message, errorCode },
});
const noUser = {
  status: 404,
  body: { statusCode: 404, error: "Not Found", message: "The user does not exist.", errorCode: "inexistent_user" },
};
const notDatabase = bad("The user's main connection does not support this operation", "operation_not_supported");

async function person(tenant: TestTenant, email: string, more: Body = {}): Promise<string> {
  return String((await tenant.make("/users", { connection, email, password: "Secret-1", ...more })).user_id);
}

const keyOf = (ticket: unknown) => /ticket=([A-Za-z0-9]{32})#$/.exec(String(ticket))?.[1] ?? "";

/** Looks into the data of a tenant, which is stopped for it. */
async function stored<T>(tenant: TestTenant, look: (objects: Objects) => T): Promise<T> {
  await tenant.running.close();
  const { store } = Store.open(join(tenant.folder, "tenant.db"));
  try {
    return store.transaction(() => look(new Objects(store, families)));
  } finally {
    store.close();
  }
}

test("a ticket is a link to the page that takes it", async () => {
  const tenant = await TestTenant.fresh();
  const user_id = await person(tenant, "ann@acme.com");
  const own = `https://localhost:${tenant.running.port}/u/`;
  const [address, password] = [
    await tenant.call("POST", verification, { user_id }),
    await tenant.call("POST", change, { user_id }),
  ];
  expect([address.status, Object.keys(address.body)]).toEqual([201, ["ticket"]]);
  expect(address.body.ticket).toBe(`${own}email-verification?ticket=${keyOf(address.body.ticket)}#`);
  expect(password.body.ticket).toBe(`${own}reset-password?ticket=${keyOf(password.body.ticket)}#`);
  expect(keyOf(address.body.ticket)).toHaveLength(32);
});

test("a ticket is good once, for its own kind, and says what it is for", async () => {
  const tenant = await TestTenant.start();
  const user = await person(tenant, "ann@acme.com");
  const { client_id } = await tenant.make("/clients", { name: "App" });
  const organization = await tenant.make("/organizations", { name: "acme" });
  await tenant.call("POST", `/organizations/${organization.id}/members`, { members: [user] });
  const address = keyOf(
    (await tenant.make(verification, { user_id: user, result_url: "https://a.example.com/done" })).ticket,
  );
  const place = { client_id, organization_id: organization.id };
  const flags = { mark_email_as_verified: true, includeEmailInRedirect: true };
  const password = keyOf((await tenant.make(change, { user_id: user, ...place, ...flags })).ticket);
  const found = await stored(tenant, (objects) => [
    ticketOf(objects, "password-change", address),
    redeemTicket(objects, "email-verification", address),
    redeemTicket(objects, "email-verification", address),
    ticketOf(objects, "password-change", password),
    redeemTicket(objects, "password-change", password),
    ticketOf(objects, "password-change", password),
    redeemTicket(objects, "password-change", "nonsense"),
  ]);
  const whose = { user, identity: user, email: "ann@acme.com" };
  const plain = { includeEmailInRedirect: false, markEmailAsVerified: false };
  const first = { kind: "email-verification", ...whose, ...plain, resultUrl: "https://a.example.com/done" };
  const at = { client: client_id, organization: organization.id };
  const second = { kind: "password-change", ...whose, ...at, includeEmailInRedirect: true, markEmailAsVerified: true };
  expect(found).toEqual(["unknown", first, "used", second, second, "used", "unknown"]);
});

test("a ticket ends after the seconds it was given, and by itself after five days", async () => {
  const tenant = await TestTenant.start();
  const user_id = await person(tenant, "ann@acme.com");
  const before = Date.now();
  const given = [{ ttl_sec: 60 }, { ttl_sec: 0 }, {}];
  const keys: string[] = [];
  for (const more of given) keys.push(keyOf((await tenant.make(change, { user_id, ...more })).ticket));
  const after = Date.now();
  const { ends, late, text } = await stored(tenant, (objects) => {
    const all = objects.store.select({ family: "tickets" });
    const [first] = all;
    if (first) objects.rewrite(first, { ...first.body, expires: Date.now() });
    return {
      ends: all.map(({ body }) => Number(body.expires)),
      late: redeemTicket(objects, "password-change", keys[0] ?? ""),
      text: JSON.stringify(all),
    };
  });
  for (const [place, seconds] of [60, 432_000, 432_000].entries()) {
    expect(ends[place]).toBeGreaterThanOrEqual(before + seconds * 1000);
    expect(ends[place]).toBeLessThanOrEqual(after + seconds * 1000);
  }
  expect(late).toBe("expired");
  // the file holds no ticket that could be used
  expect(keys.filter((key) => key === "" || text.includes(key))).toEqual([]);
});

test("a verification is void once the address has changed, and every ticket once the account is gone", async () => {
  const tenant = await TestTenant.start();
  const user_id = await person(tenant, "ann@acme.com");
  const other = await person(tenant, "bob@acme.com");
  const address = keyOf((await tenant.make(verification, { user_id })).ticket);
  const password = keyOf((await tenant.make(change, { user_id: other })).ticket);
  await tenant.call("PATCH", `/users/${encodeURIComponent(user_id)}`, { email: "eve@acme.com" });
  await tenant.call("DELETE", `/users/${encodeURIComponent(other)}`);
  const found = await stored(tenant, (objects) => [
    redeemTicket(objects, "email-verification", address),
    redeemTicket(objects, "password-change", password),
  ]);
  expect(found).toEqual(["superseded", "unknown"]);
});

test("a linked identity has tickets of its own, and its address is verified apart from the first one's", async () => {
  const tenant = await TestTenant.start();
  const ann = await person(tenant, "ann@acme.com");
  const bob = await person(tenant, "bob@acme.com");
  const own = bob.slice("auth0|".length);
  await tenant.make(`/users/${encodeURIComponent(ann)}/identities`, { provider: "auth0", user_id: own });
  const identity = { provider: "auth0", user_id: own };
  const key = keyOf((await tenant.make(verification, { user_id: ann, identity })).ticket);
  const { body: database } = await tenant.call("GET", `/connections?name=${connection}`);
  const byEmail = { connection_id: database[0].id, email: "Bob@acme.com" };
  const byAddress = keyOf((await tenant.make(change, byEmail)).ticket);
  const whose = { user: ann, identity: bob, email: "bob@acme.com" };
  const { found, account } = await stored(tenant, (objects) => {
    const all = [redeemTicket(objects, "email-verification", key), redeemTicket(objects, "password-change", byAddress)];
    const primary = objects.require("users", ann, { status: 404, message: "the account is gone" });
    return { found: all, account: verifyAddress(objects, primary, bob).body };
  });
  expect(found).toEqual([expect.objectContaining(whose), expect.objectContaining(whose)]);
  expect(account.email_verified).toBe(false);
  expect(account.identities).toMatchObject([{}, { profileData: { email: "bob@acme.com", email_verified: true } }]);
});

test("what no ticket can be for is refused in Auth0's words", async () => {
  const tenant = await TestTenant.fresh();
  const user_id = await person(tenant, "ann@acme.com");
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const staff = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const ask = (path: string, body: Body) => tenant.call("POST", path, body);
  for (const path of [verification, change]) {
    expect(await ask(path, { user_id: "auth0|nobody" })).toEqual(noUser);
    expect(await ask(path, { user_id, client_id: "nobody" })).toEqual(bad("The client does not exist"));
    expect(await ask(path, { user_id, organization_id: "org_abcdefghijklmnop" })).toEqual(
      bad("The organization does not exist"),
    );
    expect(await ask(path, { user_id, organization_id: id })).toEqual(
      bad(`The user with id ${user_id} is not a member of organization with id ${id}.`),
    );
    const stranger = { provider: "auth0", user_id: "nobody" };
    expect(await ask(path, { user_id, identity: stranger })).toEqual(
      bad("The user exists, but does not contain the given identity."),
    );
    expect(await ask(path, { user_id, identity: { ...stranger, connection_id: "con_abcdefghijklmnop" } })).toEqual(
      bad("The connection with id con_abcdefghijklmnop does not exist."),
    );
    const elsewhere = { provider: "auth0", user_id: user_id.slice("auth0|".length), connection_id: staff.id };
    expect(await ask(path, { user_id, identity: elsewhere })).toEqual(
      bad("The user exists, but does not contain the given identity."),
    );
    expect(await ask(path, { user_id, client_id: "x", result_url: "https://a.example.com" })).toEqual(
      bad("result_url cannot be specified when using client_id or organization_id"),
    );
  }
  expect(await ask(change, {})).toEqual(bad("Payload validation error: 'Missing required property: user_id'."));
  expect(await ask(change, { email: "ann@acme.com" })).toEqual(
    bad("Payload validation error: 'Missing required property: connection_id'."),
  );
  const unknown = { connection_id: "con_abcdefghijklmnop", email: "ann@acme.com" };
  expect(await ask(change, unknown)).toEqual(bad("The connection with id con_abcdefghijklmnop does not exist."));
  expect(await ask(change, { ...unknown, user_id })).toEqual(
    bad("user_id cannot be specified when using connection_id and email"),
  );
  const { body: database } = await tenant.call("GET", `/connections?name=${connection}`);
  expect(await ask(change, { connection_id: database[0].id, email: "nobody@acme.com" })).toEqual(noUser);
});

test("who has no database account gets a verification only where the identity is named, and no password", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/connections", { name: "email", strategy: "email" });
  const user_id = String((await tenant.make("/users", { connection: "email", email: "ann@acme.com" })).user_id);
  const own = user_id.slice("email|".length);
  expect(await tenant.call("POST", verification, { user_id })).toEqual(notDatabase);
  expect(await tenant.call("POST", change, { user_id })).toEqual(notDatabase);
  expect(await tenant.call("POST", change, { connection_id: id, email: "ann@acme.com" })).toEqual(notDatabase);
  const identity = { provider: "email", user_id: own };
  expect((await tenant.call("POST", verification, { user_id, identity })).status).toBe(201);
  expect((await tenant.call("POST", change, { user_id, identity })).body.message).toBe(
    "Payload validation error: 'No enum match for: email' on property identity.provider.",
  );
  await tenant.make("/connections", { name: "sms", strategy: "sms" });
  const phone = await tenant.make("/users", { connection: "sms", phone_number: "+14258831929" });
  const phoneIdentity = { provider: "sms", user_id: String(phone.user_id).slice("sms|".length) };
  expect(await tenant.call("POST", verification, { user_id: String(phone.user_id), identity: phoneIdentity })).toEqual(
    bad("The user does not have an email address."),
  );
});

test("a verification job mails a link that verifies the address, and fails where there is nothing to verify", async () => {
  const tenant = await TestTenant.start();
  const user = await person(tenant, "ann@acme.com");
  const verified = await person(tenant, "bob@acme.com", { email_verified: true });
  const job = { type: "verification_email", created_at: expect.any(String), id: expect.stringMatching(/^job_\w{16}$/) };
  const run = async (user_id: string) => {
    const made = await tenant.call("POST", "/jobs/verification-email", { user_id });
    expect(made).toEqual({ status: 201, body: { ...job, status: "pending" } });
    return (await tenant.call("GET", `/jobs/${made.body.id}`)).body;
  };
  expect(await run(user)).toEqual({ ...job, status: "completed" });
  expect(await run(verified)).toEqual({ ...job, status: "failed" });
  expect(await tenant.call("GET", "/jobs/job_abcdefghijklmnop")).toEqual({
    status: 404,
    body: { statusCode: 404, error: "Not Found", message: "Job not found." },
  });
  expect((await tenant.call("GET", "/jobs/one")).body.errorCode).toBe("invalid_uri");
  expect(await tenant.call("POST", "/jobs/verification-email", { user_id: "auth0|nobody" })).toEqual(noUser);
  const { posted, found } = await stored(tenant, (objects) => {
    const sent = mails(objects);
    return { posted: sent, found: redeemTicket(objects, "email-verification", keyOf(sent[0]?.link)) };
  });
  expect(posted).toEqual([
    {
      to: "ann@acme.com",
      kind: "verify_email",
      subject: "Verify your email",
      link: expect.stringContaining("/u/email-verification?ticket="),
      created_at: expect.any(String),
    },
  ]);
  expect(found).toMatchObject({ user, markEmailAsVerified: true });
});
