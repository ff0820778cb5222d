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

test("a company without single sign-on is told so", () => {
  const { settings } = readOffline(new Checkout());
  const { sections } = sheetOf(settings, companyIn(settings, "dune-crafts", "local"), "travel.eu.auth0.com");
  expect(sections.map(({ heading }) => heading)).toEqual(["Sign-in", "Try it"]);
});
