import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../harness/stack-settings.ts";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.create();
  await world.up();
});

afterAll(() => world?.close());

/** The one that the checkout's SAML customer has. */
const certificate = () =>
  /( +-----BEGIN[\s\S]+END CERTIFICATE-----)/.exec(world.read("stacks/local/customers/borealis.yaml"))?.[1];

/** A company of each kind that docs/management-api-calls.md has a column for, in the order of the columns. */
const kinds: Readonly<Record<string, () => string>> = {
  customer: () => `
displayName: customer
type: customer
conditions: { api_access: "on" }
connections:
  customer-sso:
    strategy: oidc
    issuer: https://login.customer.example/
    clientId: travel
    clientSecret: { config: cedar-sso-secret }
    domains: [customer.example]
machines: { machine: { scopes: ["read:bookings"] } }
`,
  vendor: () => `
displayName: vendor
type: vendor
conditions: { vendor_kind: catering }
connections:
  vendor-sso:
    strategy: samlp
    signInUrl: https://login.vendor.example/saml
    certificate: |
${certificate()}
    domains: [vendor.example]
`,
  plain: () => `
displayName: plain
type: customer
conditions: { api_access: "off" }
`,
};

/** How often each request is made for a company of each kind, by the page. */
const counted = [
  ...readFileSync(join(root, "docs/management-api-calls.md"), "utf8").matchAll(
    /^\| `(\w+ [^`]+)` \| (\d+) \| (\d+) \| (\d+) \|/gm,
  ),
].map(([, request = "", ...counts]) => ({ request, counts: counts.map(Number) }));

/** The whole list of a kind, sorted. */
function documented(kind: string): string[] {
  const column = Object.keys(kinds).indexOf(kind);
  return counted.flatMap(({ request, counts }) => Array<string>(counts[column] ?? 0).fill(request)).toSorted();
}

/** The requests to the Management API that a run of the CLI led to, as it has their paths. */
async function requestsOf(run: () => Promise<unknown>): Promise<string[]> {
  const before = await world.tenant.last();
  await run();
  const requests = await world.tenant.requests(before);
  return requests.map(({ method, path }) => `${method} ${path.replace(/^\/api\/v2/, "")}`);
}

/** What stands in the page for the id of an object that is a company's own, of an Action, and of the shared directory. */
async function placeholders(slug: string): Promise<ReadonlyMap<string, string>> {
  const contents = (await world.tenant.contents()) as Record<string, Record<string, string>[]>;
  const { organizations = [], connections = [], clients = [] } = contents;
  const client = clients.find(({ name }) => name === `${slug} (machine)`)?.client_id;
  const grants = (contents["client-grants"] ?? []).filter(({ client_id }) => client_id === client);
  return new Map([
    ...organizations.flatMap(({ id = "", name }) => (name === slug ? [[id, "{organization}"] as const] : [])),
    ...connections.flatMap(({ id = "", name }) => (name === `${slug}-sso` ? [[id, "{connection}"] as const] : [])),
    ...connections.flatMap(({ id = "", name }) => (name === "users" ? [[id, "{users}"] as const] : [])),
    ...grants.map(({ id = "" }) => [id, "{grant}"] as const),
    ...(contents["actions/actions"] ?? []).map(({ id = "" }) => [id, "{action}"] as const),
    [client ?? "", "{client}"],
  ]);
}

/** What every run asks, whatever there is to do: which tenant it runs against. */
const everyRun = "GET /tenants/settings";

test.each([
  ["customer", 38],
  ["vendor", 25],
  ["plain", 4],
])(
  "one more company (%s) costs the %i requests that the page lists, none of them for another company",
  async (slug, count) => {
    world.write(`stacks/local/customers/${slug}.yaml`, kinds[slug]?.() ?? "");
    const requests = await requestsOf(() => world.up());
    const names = await placeholders(slug);
    const own = requests.map((request) => request.replace(/[^/]+/g, (part) => names.get(part) ?? part));
    expect(own.toSorted()).toEqual([everyRun, ...documented(slug)].toSorted());
    expect(documented(slug)).toHaveLength(count);
  },
);

test("companies that did not change cost no request, in a preview and in an up", async () => {
  expect(await requestsOf(() => world.preview())).toEqual([everyRun]);
  expect(await requestsOf(() => world.up())).toEqual([everyRun]);
});
