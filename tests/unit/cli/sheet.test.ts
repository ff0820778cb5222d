import { expect, test } from "vitest";
import { companyIn, readOffline } from "../../../cli/customer/place.ts";
import { sheetOf } from "../../../cli/customer/sheet.ts";
import { markdownOf, pageOf } from "../../../cli/customer/sheet-formats.ts";
import { Checkout } from "./project.ts";

const secret = { clientSecret: { config: "beta-secret" } };
const xml = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="beta"/>';

const connections: Readonly<Record<string, object>> = {
  oidc: { issuer: "https://login.beta.example/", clientId: "id", ...secret, scopes: ["groups"] },
  okta: { domain: "beta.okta.com", clientId: "id", ...secret },
  waad: { tenantId: "0f8fad5b-d9cb-469f-a165-70867728950e", clientId: "id", ...secret },
  "google-apps": { domain: "beta.example", clientId: "id", ...secret },
  adfs: { metadata: xml },
};

function sheetFor(connection: object, state = "pilot") {
  const checkout = new Checkout("dev");
  const conditions = { api_access: "off" };
  const own = { "beta-sso": { ...connection, domains: ["beta.example"] } };
  const entry = { displayName: "Beta & Söhne", type: "customer", state, conditions, connections: own };
  checkout.write("stacks/dev/customers/beta.yaml", JSON.stringify(entry));
  const { settings } = readOffline(checkout, { unfinished: ["secrets", "proofs"] });
  return sheetOf(
    { ...settings, environment: { ...settings.environment, domainProof: true } },
    companyIn(settings, "beta", "dev"),
    "travel.eu.auth0.com",
  );
}

test.each(Object.keys(connections))("what administrators of %s need is one sheet", async (strategy) => {
  const sheet = markdownOf(sheetFor({ strategy, ...connections[strategy] }));
  await expect(sheet).toMatchFileSnapshot(`sheets/${strategy}.md`);
  expect(sheet).not.toContain("beta-secret");
});

test.each([
  ["oidc", "externalId"],
  ["waad", "externalId"],
])("who is kept up to date by SCIM over %s is named by %s, and no token stands in the sheet", (strategy, attribute) => {
  const { sections } = sheetFor({ strategy, ...connections[strategy], scim: true });
  const own = sections.find(({ heading }) => heading === "Keep your people up to date by SCIM");
  expect(own?.values).toEqual([["Attribute that names a person", attribute]]);
  expect(own?.steps).toEqual([
    "Send in it the identifier that you send at a login.",
    "Keep the token secret; we can make another one when it is lost.",
  ]);
});

test("and those of SAML, as the entry says it", async () => {
  const checkout = new Checkout();
  const { settings } = readOffline(checkout);
  const sheet = sheetOf(settings, companyIn(settings, "borealis", "local"), "travel.eu.auth0.com");
  await expect(markdownOf(sheet)).toMatchFileSnapshot("sheets/samlp.md");
});

test("the page says the same, and a company's name is text", async () => {
  const page = pageOf(sheetFor({ strategy: "oidc", ...connections.oidc }, "live"));
  await expect(page).toMatchFileSnapshot("sheets/oidc.html");
  expect(page).toContain("<title>Single sign-on for Beta &amp; Söhne at Example Travel (dev)</title>");
});

test.each(["dune-crafts", "fresh-table"])("%s has no single sign-on, and reads no word of domains", (slug) => {
  const { settings } = readOffline(new Checkout());
  const sheet = sheetOf(settings, companyIn(settings, slug, "local"), "travel.eu.auth0.com");
  expect(sheet.sections.map(({ heading }) => heading)).toEqual(["Sign-in", "Try it"]);
  for (const text of [markdownOf(sheet), pageOf(sheet)]) expect(text).not.toMatch(/domain|single sign-on/i);
  expect(sheet.sections[1]?.steps).toEqual([
    `Open ${slug === "fresh-table" ? "https://localhost:3002" : "https://localhost:3000"} in a private window and sign in with your address and your password.`,
    "Sign out, and sign in again.",
  ]);
});

test.each(Object.keys(connections))(
  "every line of the sheet for %s is a whole sentence, but values to copy",
  (strategy) => {
    for (const state of ["pilot", "live"])
      for (const { text = "It is.", steps = [] } of sheetFor({ strategy, ...connections[strategy] }, state).sections)
        for (const line of [text, ...steps]) expect(line).toMatch(/^[A-Z].*\.$/);
  },
);
