import { expect, test } from "vitest";
import { companyIn, readOffline } from "../../../cli/customer/place.ts";
import { type InviteOptions, wanted } from "../../../cli/member/invite.ts";
import { wayIn } from "../../../cli/member/way-in.ts";
import { Checkout } from "./project.ts";

function given(change: (checkout: Checkout) => void = () => {}) {
  const checkout = new Checkout();
  change(checkout);
  const { settings } = readOffline(checkout, { unfinished: ["secrets"] });
  return { settings, company: (slug: string) => companyIn(settings, slug, "local") };
}

const file = (slug: string) => `stacks/local/customers/${slug}.yaml`;
const added = (slug: string, text: string) => (checkout: Checkout) =>
  checkout.write(file(slug), `${checkout.read(file(slug))}${text}`);

test.each<[string, string, object, ((checkout: Checkout) => void)?]>([
  ["dune-crafts", "new@mail.example", { connection: "users", for: "anybody" }],
  ["acme", "new@acme.example", { connection: "acme-sso", for: "anybody" }],
  ["acme", "New@ACME.example", { connection: "acme-sso", for: "anybody" }],
  ["acme", "o'brien@acme.example", { connection: "acme-sso", for: "anybody" }],
  ["borealis", "bo@borealis-group.example", { connection: "borealis-sso", for: "anybody" }],
  // guests: acme-sso
  ["borealis", "adam@acme.example", { connection: "acme-sso", for: "anybody" }],
  // guests: users
  ["cedar", "gita@advice.example", { connection: "users", for: "anybody" }],
  ["acme", "new@acme.example", { connection: "acme-sso", for: "anybody" }, added("acme", "state: pilot\n")],
  // what a pilot has is claimed by nobody yet
  ["dune-crafts", "new@acme.example", { connection: "users", for: "anybody" }, added("acme", "state: pilot\n")],
  [
    "acme",
    "admin@acme.example",
    { connection: "users", for: "somebody" },
    added("acme", "breakGlass: admin@acme.example\n"),
  ],
  [
    "dune-crafts",
    "new@mail.example",
    { connection: "dune-people", for: "somebody" },
    added("dune-crafts", "connections:\n  dune-people:\n    strategy: database\n"),
  ],
])("in %s %s signs in by one connection", (slug, address, expected, change) => {
  const { settings, company } = given(change);
  expect(wayIn(settings, company(slug), address)).toEqual(expected);
  expect(wanted(settings, company(slug), address, {})).toMatchObject({ address, way: expected });
});

const faultsOf = (
  slug: string,
  address: string,
  options: InviteOptions = {},
  change?: (checkout: Checkout) => void,
) => {
  const { settings, company } = given(change);
  try {
    wanted(settings, company(slug), address, options);
    return [];
  } catch (thrown) {
    return (thrown as Error).message.split("\n");
  }
};

test("an address of another company's, or of nobody's, is refused with what would let it in", () => {
  expect(faultsOf("dune-crafts", "ann@acme.example")).toEqual([
    "✖ address: ann@acme.example is at acme.example, a domain of acme; allowed: an address at no other company's domain, or acme-sso among guests of stacks/local/customers/dune-crafts.yaml",
  ]);
  expect(faultsOf("dune-crafts", "ann@acme.example", {}, added("acme", "state: suspended\n"))).toHaveLength(1);
  expect(faultsOf("acme", "new@mail.example")).toEqual([
    "✖ address: new@mail.example is at no domain of acme, whose people sign in by single sign-on; allowed: an address at acme.example, or users among guests of stacks/local/customers/acme.yaml",
  ]);
});

test.each(["suspended", "retired"])("nobody is invited into a company that is %s", (state) => {
  expect(faultsOf("dune-crafts", "new@mail.example", {}, added("dune-crafts", `state: ${state}\n`))).toEqual([
    `✖ dune-crafts is ${state}: nobody comes in; allowed: in state pilot or live`,
  ]);
});

test("everything that is wrong with what was typed is said at once", () => {
  const options = { role: ["owner", "emperor"], app: "vendor-rental", inviter: " ", days: "31" };
  const narrowed = added("dune-crafts", "memberRoles:\n  - api-administrator\n");
  expect(faultsOf("dune-crafts", "nobody", options, narrowed)).toEqual([
    '✖ address: "nobody" cannot be used; allowed: an e-mail address',
    '✖ --role: "owner" cannot be used; allowed: api-administrator',
    '✖ --role: "emperor" cannot be used; allowed: api-administrator',
    '✖ --app: "vendor-rental" cannot be used; allowed: main, portal',
    '✖ --inviter: " " cannot be used; allowed: 1 to 255 visible characters without < and >',
    '✖ --days: "31" cannot be used; allowed: a whole number from 1 to 30',
  ]);
});

test.each([
  ["dune-crafts", ["main", "portal"]],
  ["cedar", ["main"]], // no API access
  ["fresh-table", ["vendor-catering"]],
  ["wheelhouse", ["vendor-rental"]],
])("%s's people are invited to its apps alone, by default to the first", (slug, apps) => {
  const { settings, company } = given();
  const address = slug === "cedar" ? "new@cedar.example" : "new@mail.example";
  expect(wanted(settings, company(slug), address, {}).app).toBe(apps[0]);
  expect(faultsOf(slug, address, { app: "main-personal" })).toEqual([
    `✖ --app: "main-personal" cannot be used; allowed: ${apps.join(", ")}`,
  ]);
});
