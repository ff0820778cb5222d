import { expect, test } from "vitest";
import { companyIn, readOffline } from "../../../cli/customer/place.ts";
import { linesOf, show } from "../../../cli/customer/show.ts";
import { Checkout } from "./project.ts";

async function lines(
  checkout: Checkout,
  slug: string,
  { address, why = false }: { address?: string; why?: boolean } = {},
) {
  const { settings } = readOffline(checkout);
  return linesOf(await show(settings, companyIn(settings, slug, checkout.stack), address), why);
}

test("an entry is shown with all that it declares, and where a login at each of its domains ends", async () => {
  expect(await lines(new Checkout(), "acme")).toEqual([
    "12 resources:",
    "  auth0-b2b:company:Company acme",
    "  auth0:index/organization:Organization acme",
    "  auth0-b2b:company:EnterpriseConnection acme-sso",
    "  auth0:index/connection:Connection acme-sso",
    "  auth0:index/connectionClients:ConnectionClients acme-sso",
    "  auth0:index/organizationConnection:OrganizationConnection acme-sso",
    "  auth0:index/organizationDiscoveryDomains:OrganizationDiscoveryDomains acme",
    "  auth0-b2b:company:MachineAccess acme-machine",
    "  auth0:index/client:Client acme-machine",
    "  auth0:index/clientCredentials:ClientCredentials acme-machine",
    "  auth0:index/clientGrant:ClientGrant acme-machine",
    "  auth0:index/organizationClientGrant:OrganizationClientGrant acme-machine",
    "somebody@acme.example, where the app names no company:",
    "  main: in with acme",
    "  main-personal: no password",
    "  portal: in with acme",
    "  vendor-catering: wrong_type with acme: This application is not for this kind of company.",
    "  vendor-rental: wrong_type with acme: This application is not for this kind of company.",
  ]);
  const borealis = await lines(new Checkout(), "borealis");
  expect(borealis.filter((line) => line.includes("@"))).toEqual([
    "somebody@borealis.example, where the app names no company:",
    "somebody@borealis-group.example, where the app names no company:",
  ]);
  expect(borealis).toContain("  portal: not_entitled with borealis: Your company has no access to this application.");
});

test("an entry whose secret lies with AWS is shown like one whose secret the stack has, and nothing is asked there", async () => {
  const checkout = new Checkout();
  const acme = checkout.read("stacks/local/customers/acme.yaml").replaceAll("acme", "beta");
  const arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:beta/sso-AbCdEf";
  checkout.write("stacks/local/customers/beta.yaml", acme.replace("config: beta-sso-secret", `arn: ${arn}`));
  const likeAcme = (await lines(checkout, "acme")).map((line) => line.replaceAll("acme", "beta"));
  expect(await lines(checkout, "beta")).toEqual(likeAcme);
});

test("nothing leads to a pilot, and a suspended company lets nobody in", async () => {
  const checkout = new Checkout();
  const acme = "stacks/local/customers/acme.yaml";
  const entry = checkout.read(acme);
  checkout.write(acme, entry.replace("type: customer", "type: customer\nstate: pilot"));
  expect((await lines(checkout, "acme")).slice(-5)).toEqual([
    "  main: no password",
    "  main-personal: no password",
    "  portal: no company found",
    "  vendor-catering: no password",
    "  vendor-rental: no password",
  ]);
  checkout.write(acme, entry.replace("type: customer", "type: customer\nstate: suspended"));
  expect((await lines(checkout, "acme")).slice(-5)[0]).toMatch(/^ {2}main: suspended with acme: /);
});

test("an address is shown by itself, on request with the rules and where each is written", async () => {
  const shown = await lines(new Checkout(), "acme", { address: "Lena@mail.example", why: true });
  const from = shown.indexOf("Lena@mail.example, where the app names no company:");
  expect(shown.slice(from + 1, from + 3)).toEqual([
    "  main: in as an individual",
    expect.stringMatching(/^ {4}- who it is comes first; .* \(https:\/\/auth0\.com\/docs\/\S+\)$/),
  ]);
});
