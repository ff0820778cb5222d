import { afterEach, expect, test, vi } from "vitest";
import { admitted, arrivedAt, form, pageOf, Shop } from "./shop.ts";

const ANN = "ann@mail.example";

afterEach(() => {
  vi.useRealTimers();
});

/** The mails of the tenant, oldest first. */
async function mails(shop: Shop) {
  const { body } = await shop.tenant.local("GET", "/.local/mail");
  return body as { readonly to: string; readonly kind: string; readonly link: string }[];
}

/** The sign-up page of a login that just began. */
async function atSignUp(shop: Shop) {
  const [browser, app] = [shop.browser(), shop.app()];
  const page = pageOf(await browser.follow(pageOf(await browser.open(app.begin({}))), "Sign up"));
  const send = (email: string, password: string) => browser.fill(page, form(page, "email"), { email, password });
  return { browser, app, send };
}

test("a sign-up makes an account, signs it in and mails a link that proves the address", async () => {
  const shop = await Shop.open();
  const { browser, app, send } = await atSignUp(shop);
  const { id } = admitted(await app.arrive(arrivedAt(await send("Ann@Mail.Example", "Let-Me-In-1"))));
  expect({ email: id.email, verified: id.email_verified, sub: id.sub }).toEqual({
    email: ANN,
    verified: false,
    sub: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
  });
  const [mail, ...others] = await mails(shop);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: ANN, kind: "verify_email" });
  const link = new URL(mail?.link ?? "");
  expect(pageOf(await browser.open(link)).title).toBe("Email verified");
  expect((await shop.tokens(ANN)).id.email_verified).toBe(true);
  expect(pageOf(await browser.open(link)).items).toEqual(["access_expired", "This link was used before"]);
});

test.each([
  ["an address that is none", "ann", "Let-Me-In-1", "The email address is not valid"],
  ["a password of seven characters", "new@mail.example", "Ab-1xyz", "The password must have 8 characters or more"],
  [
    "a password of two kinds of characters",
    "new@mail.example",
    "letmein12345",
    "The password must have at least three of: lower case letters, upper case letters, digits, special characters",
  ],
  ["an address that has an account", ANN, "Let-Me-In-1", "Something went wrong, please try again later"],
])("%s makes no account, and the page says why", async (_, email, password, complaint) => {
  const shop = await Shop.open();
  await shop.person(ANN);
  const { send } = await atSignUp(shop);
  expect(pageOf(await send(email, password))).toMatchObject({ title: "Sign up", complaint });
  expect((await shop.tenant.call("GET", "/users")).body).toHaveLength(1);
});

test("the Actions of pre-user-registration refuse a sign-up in their own words, or give it metadata", async () => {
  const shop = await Shop.open();
  await shop.deploy(
    "pre-user-registration",
    "onExecutePreUserRegistration",
    `if (event.user.email.endsWith("@claimed.example")) return api.access.deny("sso_required", "Sign in through your company.");
     api.user.setAppMetadata("stage", event.connection.strategy + "-lead");`,
  );
  const refused = await atSignUp(shop);
  expect(pageOf(await refused.send("eve@claimed.example", "Let-Me-In-1")).complaint).toBe(
    "Sign in through your company.",
  );
  const api = {
    client_id: shop.client.client_id,
    connection: "users",
    email: "eve@claimed.example",
    password: "Let-Me-In-1",
  };
  expect(await shop.tenant.local("POST", "/dbconnections/signup", api, {})).toEqual({
    status: 400,
    body: { name: "Error", code: "extensibility_error", description: "Sign in through your company.", statusCode: 400 },
  });
  expect((await shop.tenant.call("GET", "/users")).body).toEqual([]);
  const made = await shop.tenant.local("POST", "/dbconnections/signup", { ...api, email: ANN }, {});
  expect(made).toEqual({
    status: 200,
    body: { _id: expect.stringMatching(/^[0-9a-f]{24}$/), email_verified: false, email: ANN },
  });
  expect((await shop.tenant.call("GET", "/users")).body[0].app_metadata).toEqual({ stage: "auth0-lead" });
});

test("a directory without sign-up offers none, on the page and past it", async () => {
  const shop = await Shop.open();
  await shop.tenant.call("PATCH", `/connections/${shop.connection}`, { options: { disable_signup: true } });
  const page = pageOf(await shop.browser().open(shop.app().begin({ screen_hint: "signup" })));
  expect({ title: page.title, links: page.links.map(({ label }) => label) }).toEqual({
    title: "Enter your password",
    links: ["Forgot password?"],
  });
  const api = { client_id: shop.client.client_id, connection: "users", email: ANN, password: "Let-Me-In-1" };
  expect(await shop.tenant.local("POST", "/dbconnections/signup", api, {})).toEqual({
    status: 400,
    body: { name: "BadRequestError", code: "invalid_signup", description: "Invalid sign up", statusCode: 400 },
  });
});

test("screen_hint=signup begins with the sign-up page", async () => {
  const shop = await Shop.open();
  expect(pageOf(await shop.browser().open(shop.app().begin({ screen_hint: "signup" }))).title).toBe("Sign up");
});

test("a link for a new password comes by mail, works once, and only for who has an account", async () => {
  const shop = await Shop.open();
  await shop.person(ANN, { email_verified: false });
  const [browser, app] = [shop.browser(), shop.app()];
  const login = pageOf(await browser.open(app.begin({})));
  const said: string[] = [];
  for (const email of ["nobody@mail.example", ANN]) {
    const request = pageOf(await browser.follow(login, "Forgot password?"));
    said.push(pageOf(await browser.fill(request, form(request, "email"), { email })).title);
  }
  expect(said).toEqual(["Check your email", "Check your email"]);
  const [mail, ...others] = await mails(shop);
  expect({ mail, others }).toMatchObject({ mail: { to: ANN, kind: "change_password" }, others: [] });
  const link = new URL(mail?.link ?? "");
  const choose = pageOf(await browser.open(link));
  const weak = pageOf(await browser.fill(choose, form(choose, "password"), { password: "short" }));
  expect(weak.complaint).toBe("The password must have 8 characters or more");
  const done = pageOf(await browser.fill(weak, form(weak, "password"), { password: "Quite-Another-2" }));
  expect(done.title).toBe("Password changed");
  expect(pageOf(await browser.open(link)).items).toEqual(["access_expired", "This link was used, or is over"]);
  expect(pageOf(await shop.signIn(shop.browser(), app, ANN)).complaint).toBe("Wrong email or password");
  const again = pageOf(await browser.open(app.begin({})));
  const filled = { username: ANN, password: "Quite-Another-2" };
  const { id } = admitted(await app.arrive(arrivedAt(await browser.fill(again, form(again, "password"), filled))));
  expect(id.email_verified).toBe(true);
});

test("the Actions of password-reset-post-challenge stop a reset before a password is asked for", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  const does = `if (event.user.email.startsWith("ann@")) api.access.deny("sso_required: Sign in through your company.");`;
  await shop.deploy("password-reset-post-challenge", "onExecutePostChallenge", does);
  const asked = { client_id: shop.client.client_id, connection: "users", email: ANN };
  const sent = await fetchText(shop, asked);
  expect(sent).toBe("We've just sent you an email to reset your password.");
  const page = pageOf(await shop.browser().open(new URL((await mails(shop))[0]?.link ?? "")));
  expect({ status: page.status, items: page.items, forms: page.forms }).toEqual({
    status: 403,
    items: ["access_denied", "sso_required: Sign in through your company."],
    forms: [],
  });
});

async function fetchText(shop: Shop, asked: { readonly [name: string]: string }): Promise<string> {
  const { body } = await shop.tenant.local("POST", "/dbconnections/change_password", asked, {});
  return String(body);
}

test("the link of a sign-up lives as long as its template says", async () => {
  const shop = await Shop.open();
  const template = {
    template: "verify_email",
    from: "us@travel.example",
    subject: "Verify",
    syntax: "liquid",
    enabled: true,
  };
  await shop.tenant.make("/email-templates", { ...template, body: "<p>{{ url }}</p>", urlLifetimeInSeconds: 600 });
  const { browser, send } = await atSignUp(shop);
  arrivedAt(await send(ANN, "Let-Me-In-1"));
  const link = new URL((await mails(shop))[0]?.link ?? "");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 601_000 });
  expect(pageOf(await browser.open(link)).items).toEqual(["access_expired", "This link is over"]);
});
