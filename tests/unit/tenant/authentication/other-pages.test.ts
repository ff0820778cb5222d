import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { formed, saidBy, Wire } from "./raw.ts";
import { admitted, arrivedAt, CALLBACK, form, PASSWORD, pageOf, refusedWith, Shop } from "./shop.ts";

// Pages that are asked for though the login is somewhere else, or is somebody else's.

const ANN = "ann@mail.example";
const secondFactor = `api.authentication[event.user.enrolledFactors.length > 0 ? "challengeWith" : "enrollWith"]({ type: "otp" });`;
const notHere = {
  status: 400,
  title: "Sign-in is not possible",
  items: ["invalid_request", "This login is over or began in another browser. Start again from the app."],
};
const asksConsent = { api: { skip_consent_for_verifiable_first_party_clients: false } };

const stateOf = (url: URL) => url.searchParams.get("state") ?? "";

test("who is to use the factor of the account can neither see nor answer the page that adds another", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  await shop.deploy("post-login", "onExecutePostLogin", secondFactor);
  const [own, app] = [shop.browser(), shop.app()];
  const enrol = pageOf(await shop.signIn(own, app, ANN));
  const key = new TOTP({ secret: Secret.fromBase32(enrol.codes[0] ?? "") });
  await own.fill(enrol, form(enrol, "code"), { code: key.generate() });

  const thief = shop.browser();
  const challenge = pageOf(await shop.signIn(thief, app, ANN));
  const state = stateOf(challenge.url);
  const enrollment = shop.at(`/u/mfa-otp-enrollment?state=${state}`);
  expect(pageOf(await thief.open(enrollment))).toEqual(challenge);
  const forged = { ...form(challenge, "code"), action: enrollment };
  const answered = pageOf(await thief.fill(challenge, forged, { code: "000000" }));
  expect({ title: answered.title, complaint: answered.complaint }).toEqual({
    title: "Verify your identity",
    complaint: undefined,
  });
});

test("of two logins that are to add a factor the one that comes later is asked for that of the first", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  await shop.deploy("post-login", "onExecutePostLogin", secondFactor);
  const [one, other, app] = [shop.browser(), shop.browser(), shop.app()];
  const pages = [pageOf(await shop.signIn(one, app, ANN)), pageOf(await shop.signIn(other, app, ANN))] as const;
  const codes = pages.map(({ codes: [key = ""] }) => new TOTP({ secret: Secret.fromBase32(key) }).generate());
  arrivedAt(await one.fill(pages[0], form(pages[0], "code"), { code: codes[0] ?? "" }));
  const asked = pageOf(await other.fill(pages[1], form(pages[1], "code"), { code: codes[1] ?? "" }));
  expect(asked.title).toBe("Verify your identity");
});

test("a login goes on only in the browser that has the session of who proved to be whom", async () => {
  const shop = await Shop.open(asksConsent);
  await shop.person(ANN);
  const wire = Wire.to(shop.tenant);
  const began = await wire.ask({
    path: shop
      .app()
      .begin({})
      .href.replace(/^https:\/\/[^/]+/, ""),
  });
  const [planted = ""] = (began.cookies[0] ?? "").split(";");
  const state = stateOf(new URL(began.location ?? "", "https://localhost"));
  const credentials = { state, username: ANN, password: PASSWORD, action: "default" };
  const signedIn = await wire.ask(formed("/u/login/password", credentials, { cookie: planted }));
  expect(signedIn.location).toBe(`/u/consent?state=${state}`);
  const [session = ""] = (signedIn.cookies[0] ?? "").split(";");

  const accept = (cookie: string) => wire.ask(formed("/u/consent", { state, action: "accept" }, { cookie }));
  expect(saidBy(await accept(planted))).toEqual(notHere);
  expect(saidBy(await accept(`${planted}; auth0=another`))).toEqual(notHere);
  expect(saidBy(await accept(session))).toEqual(notHere);
  expect(saidBy(await accept(`${planted}; ${session}`))).toEqual({
    status: 302,
    to: CALLBACK,
    code: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.any(String),
  });
  wire.close();
});

test("an account that goes away while its consent is asked for ends the login", async () => {
  const shop = await Shop.open(asksConsent);
  const user = await shop.person(ANN);
  const [browser, app] = [shop.browser(), shop.app()];
  const page = pageOf(await shop.signIn(browser, app, ANN));
  await shop.tenant.call("DELETE", `/users/${encodeURIComponent(user)}`);
  const arrived = await browser.submit(page, form(page, "state"), {}, ["action", "accept"]);
  expect("page" in arrived ? arrived.page.items : refusedWith(await app.arrive(arrived.arrived))).toEqual(
    notHere.items,
  );
});

test("of two requests at once for the end of a login one gets the code, the other a page", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  await shop.deploy("post-login", "onExecutePostLogin", "await new Promise((resolve) => setTimeout(resolve, 300));");
  const wire = Wire.to(shop.tenant);
  const app = shop.app();
  const began = await wire.ask({ path: app.begin({}).href.replace(/^https:\/\/[^/]+/, "") });
  const [cookie = ""] = (began.cookies[0] ?? "").split(";");
  const state = stateOf(new URL(began.location ?? "", "https://localhost"));
  const credentials = { state, username: ANN, password: PASSWORD, action: "default" };
  const answers = await Promise.all([1, 2].map(() => wire.ask(formed("/u/login/password", credentials, { cookie }))));
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 400]);
  const arrived = answers.flatMap(({ location }) => (location === undefined ? [] : [new URL(location)]));
  admitted(await app.arrive(arrived[0] ?? new URL(CALLBACK)));
  wire.close();
});

test("a form with another login's state serves that one only, and in its own browser", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  const [ours, theirs] = [shop.browser(), shop.browser()];
  const page = pageOf(await ours.open(shop.app().begin({})));
  expect(pageOf(await theirs.open(page.url)).items).toEqual(notHere.items);
  const filled = { username: ANN, password: PASSWORD };
  expect(pageOf(await theirs.fill(page, form(page, "password"), filled)).items).toEqual(notHere.items);
  arrivedAt(await ours.fill(page, form(page, "password"), filled));
});
