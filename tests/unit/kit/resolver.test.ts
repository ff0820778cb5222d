import { describe, expect, test } from "vitest";
import type { Directory } from "../../../access/directory.ts";
import { type RefusalCode, refusal } from "../../../access/refusal.ts";
import type { Resolution, Visit } from "../../../kit/resolution.ts";
import { resolve } from "../../../kit/resolver.ts";
import { directory } from "./known.ts";

type Login = Extract<Resolution, { kind: "login" }>;

const at = (organization: string, reason: Login["reason"], more: Partial<Login> = {}): Login => ({
  kind: "login",
  clientId: "main-client",
  organization,
  loginHint: undefined,
  reason,
  ...more,
});
const open = (more: Partial<Login> = {}): Login => ({ ...at("", "unknown", more), organization: undefined });
const personal = (reason: Login["reason"], more: Partial<Login> = {}): Login => ({
  ...at("", reason, { clientId: "personal-client", ...more }),
  organization: undefined,
});
const elsewhere = (app: string, reason: RefusalCode): Resolution => ({
  kind: "elsewhere",
  app,
  url: directory.apps[app]?.url ?? "",
  reason,
  sentence: refusal(reason).sentence,
});
const refused = (reason: RefusalCode): Resolution => ({ kind: "refused", reason, sentence: refusal(reason).sentence });
const choices: Readonly<Record<string, string>> = {
  dune: "dune-crafts",
  quiet: "quiet",
  acme: "acme",
  borealis: "borealis",
};
const names: Readonly<Record<string, string>> = {
  dune: "Dune Crafts",
  quiet: "Quiet",
  acme: "Acme",
  borealis: "Borealis",
};
const ask = (among: readonly string[], individual: boolean): Resolution => ({
  kind: "ask",
  among: among.map((one) => ({ organization: `org_${one}`, slug: choices[one] ?? "", name: names[one] ?? "" })),
  individual,
  reason: "several",
});

const main = { app: "main" };
const portal = { app: "portal" };
const catering = { app: "catering" };
const atMail = { email: "ann@mail.example" };
const hint = { loginHint: atMail.email };
const byPortal = { clientId: "portal-client" };
const byCatering = { clientId: "catering-client" };

describe("before anybody authenticated", () => {
  const acme = { email: "Ann@ACME.example" };
  test.each<[string, Visit, Resolution]>([
    ["nothing known", main, open()],
    ["nothing known in an app for members", portal, open(byPortal)],
    ["an address that nobody claims", { ...main, ...atMail }, open(hint)],
    ["a text that is no address", { ...main, email: "ann" }, open()],
    [
      "a sub-domain of a claimed one, which is another",
      { ...main, email: "a@x.acme.example" },
      open({ loginHint: "a@x.acme.example" }),
    ],
    ["a subdomain", { ...main, subdomain: "dune-crafts" }, at("org_dune", "subdomain")],
    ["a subdomain in another case", { ...main, subdomain: "Dune-CRAFTS" }, at("org_dune", "subdomain")],
    ["a company that names this app", { ...main, subdomain: "only" }, at("org_only", "subdomain")],
    ["a company that names other apps", { ...portal, subdomain: "only" }, at("org_only", "not_entitled", byPortal)],
    ["a subdomain that the company chose", { ...main, subdomain: "2" }, at("org_two", "subdomain")],
    ["the slug of a company that chose others", { ...main, subdomain: "two" }, open()],
    ["a subdomain of nobody", { ...main, subdomain: "www" }, open()],
    ["a claimed domain", { ...main, ...acme }, at("org_acme", "domain", { loginHint: acme.email })],
    [
      "a claimed domain in the portal",
      { ...portal, ...acme },
      at("org_acme", "domain", { ...byPortal, loginHint: acme.email }),
    ],
    [
      "a guest's address at a company's subdomain",
      { ...main, ...acme, subdomain: "borealis" },
      at("org_borealis", "subdomain", { loginHint: acme.email }),
    ],
    ["the last choice", { ...main, lastUsed: "org_dune" }, at("org_dune", "last-used")],
    ["the last choice of an individual", { ...main, lastUsed: "individual" }, personal("last-used")],
    ["the same with an address", { ...main, ...atMail, lastUsed: "individual" }, personal("last-used", hint)],
    [
      "a claimed domain, last time an individual",
      { ...main, ...acme, lastUsed: "individual" },
      at("org_acme", "domain", { loginHint: acme.email }),
    ],
    [
      "a claimed domain, last time another company",
      { ...main, ...acme, lastUsed: "org_borealis" },
      at("org_acme", "domain", { loginHint: acme.email }),
    ],
    [
      "a subdomain, last time another company",
      { ...main, subdomain: "acme", lastUsed: "org_dune" },
      at("org_acme", "subdomain"),
    ],
    ["an individual in an app for members", { ...portal, lastUsed: "individual" }, open(byPortal)],
    [
      "an individual in an app with one registration",
      { app: "kiosk", lastUsed: "individual" },
      personal("last-used", { clientId: "kiosk-client" }),
    ],
    [
      "a last choice with a password there",
      { ...main, ...atMail, lastUsed: "org_cedar" },
      at("org_cedar", "last-used", hint),
    ],
    ["a last choice without a password there", { ...main, ...atMail, lastUsed: "org_acme" }, open(hint)],
    ["a last choice of another type", { ...main, lastUsed: "org_table" }, open()],
    ["a last choice that is suspended", { ...main, lastUsed: "org_gone" }, open()],
    ["a last choice without API access", { ...portal, lastUsed: "org_quiet" }, open(byPortal)],
    ["a last choice that is not known", { ...main, lastUsed: "org_other" }, open()],
    ["a last choice by a name of every object", { ...main, lastUsed: "constructor" }, open()],
    ["a vendor's subdomain", { ...main, subdomain: "table" }, elsewhere("catering", "wrong_type")],
    [
      "a vendor's domain, suspended, which nobody is told here",
      { ...main, email: "a@feast.example" },
      elsewhere("catering", "wrong_type"),
    ],
    ["a vendor's domain whose kind no app is for", { ...main, email: "a@odd.example" }, refused("wrong_type")],
    ["a customer's domain in a vendor's app", { ...catering, ...acme }, elsewhere("main", "wrong_type")],
    [
      "a pilot's domain, at which nothing has changed",
      { ...main, email: "a@pilot.example" },
      open({ loginHint: "a@pilot.example" }),
    ],
    ["a pilot that is named", { ...main, subdomain: "pilot" }, at("org_pilot", "subdomain")],
    [
      "a suspended company, which the login tells",
      { ...main, email: "a@gone.example" },
      at("org_gone", "suspended", { loginHint: "a@gone.example" }),
    ],
    [
      "a company without API access, which the login tells",
      { ...portal, subdomain: "quiet" },
      at("org_quiet", "not_entitled", byPortal),
    ],
    [
      "a vendor of another kind, which the login tells",
      { ...catering, subdomain: "wheel" },
      at("org_wheel", "not_entitled", byCatering),
    ],
  ])("%s", (_, visit, answer) => {
    expect(resolve(visit, directory)).toEqual(answer);
  });
});

describe("after somebody authenticated", () => {
  const acme = { email: "ann@acme.example" };
  const byAcme = { loginHint: acme.email };
  const member = (app: string, memberships: readonly string[], more: Partial<Visit> = {}): Visit => ({
    app,
    memberships: memberships.map((one) => `org_${one}`),
    ...more,
  });
  test.each<[string, Visit, Resolution]>([
    ["a member of none", member("main", []), personal("individual")],
    ["a member of none, by a password", member("main", [], atMail), personal("individual", hint)],
    ["a member of none in an app for members", member("portal", []), elsewhere("main", "individuals_not_admitted")],
    ["a member of a company that is not known", member("main", ["other"]), personal("individual")],
    [
      "the same in an app for members, where it is nobody's member",
      member("portal", ["other"]),
      elsewhere("main", "individuals_not_admitted"),
    ],
    ["a member of one", member("main", ["dune"]), at("org_dune", "membership")],
    ["a member of a vendor: as an individual", member("main", ["table"], atMail), personal("individual", hint)],
    [
      "a member of a vendor in the vendor's app",
      member("catering", ["table"]),
      at("org_table", "membership", byCatering),
    ],
    ["a member of a vendor and a customer", member("main", ["table", "dune"]), at("org_dune", "membership")],
    ["the same in the vendor's app", member("catering", ["table", "dune"]), at("org_table", "membership", byCatering)],
    ["a vendor in the portal", member("portal", ["table"]), elsewhere("catering", "wrong_type")],
    ["a vendor in an app for another kind", member("rental", ["table"]), elsewhere("catering", "not_entitled")],
    ["a customer in a vendor's app", member("catering", ["dune"]), elsewhere("main", "wrong_type")],
    ["a customer without API access in the portal", member("portal", ["quiet"]), elsewhere("main", "not_entitled")],
    ["a suspended customer in the portal", member("portal", ["gone"]), refused("suspended")],
    [
      "a suspended one and a vendor in the portal",
      member("portal", ["gone", "table"]),
      elsewhere("catering", "wrong_type"),
    ],
    ["a vendor that no app is for", member("portal", ["odd"]), refused("wrong_type")],
    ["a retired company: as an individual", member("main", ["left"]), personal("individual")],
    ["several", member("main", ["dune", "table", "quiet"], atMail), ask(["dune", "quiet"], true)],
    [
      "several, of which one has API access",
      member("portal", ["quiet", "dune"]),
      at("org_dune", "membership", byPortal),
    ],
    ["several in an app for members", member("portal", ["dune", "acme"]), ask(["dune", "acme"], false)],
    ["one twice", member("main", ["dune", "dune"]), at("org_dune", "membership")],
    [
      "several, last time one of them",
      member("main", ["dune", "quiet"], { lastUsed: "org_quiet" }),
      at("org_quiet", "last-used"),
    ],
    [
      "several, last time another",
      member("main", ["dune", "quiet"], { lastUsed: "org_cedar" }),
      ask(["dune", "quiet"], true),
    ],
    [
      "several, last time the vendor",
      member("main", ["dune", "quiet", "table"], { lastUsed: "org_table" }),
      ask(["dune", "quiet"], true),
    ],
    [
      "several, last time as an individual",
      member("main", ["dune", "quiet"], { lastUsed: "individual" }),
      personal("last-used"),
    ],
    [
      "the same in an app for members",
      member("portal", ["dune", "acme"], { lastUsed: "individual" }),
      ask(["dune", "acme"], false),
    ],
    ["one of two that names the app", member("main", ["never", "only"]), at("org_only", "membership")],
    ["one that names another app", member("main", ["never"]), personal("individual")],
    [
      "several, at the subdomain that one chose",
      member("main", ["dune", "two"], { subdomain: "one", lastUsed: "org_dune" }),
      at("org_two", "subdomain"),
    ],
    [
      "several, at the subdomain of one",
      member("main", ["dune", "quiet"], { subdomain: "quiet", lastUsed: "org_dune" }),
      at("org_quiet", "subdomain"),
    ],
    [
      "a vendor's member at its subdomain",
      member("main", ["dune", "table"], { subdomain: "table" }),
      elsewhere("catering", "wrong_type"),
    ],
    [
      "at the subdomain of a suspended company",
      member("main", ["dune", "gone"], { subdomain: "gone" }),
      refused("suspended"),
    ],
    [
      "at the subdomain of a company of others",
      member("main", ["dune"], { subdomain: "quiet" }),
      at("org_dune", "membership"),
    ],
    [
      "a company's own person before the first login in it",
      member("main", [], acme),
      at("org_acme", "membership", byAcme),
    ],
    [
      "the same, last time an individual",
      member("main", [], { ...acme, lastUsed: "individual" }),
      at("org_acme", "membership", byAcme),
    ],
    [
      "the same at the company's subdomain",
      member("main", [], { ...acme, subdomain: "acme" }),
      at("org_acme", "subdomain", byAcme),
    ],
    ["a guest elsewhere", member("main", ["acme", "borealis"], acme), ask(["acme", "borealis"], false)],
    [
      "a guest whose own company has API access",
      member("portal", ["borealis"], acme),
      at("org_acme", "membership", { ...byPortal, ...byAcme }),
    ],
    [
      "a company's person in an organization that takes no guests from there",
      member("main", ["dune", "cedar"], acme),
      at("org_acme", "membership", byAcme),
    ],
    [
      "a password in an organization that takes none",
      member("main", ["acme", "dune"], atMail),
      at("org_dune", "membership", hint),
    ],
    [
      "a password in no organization that takes one",
      member("portal", ["acme"], atMail),
      elsewhere("main", "individuals_not_admitted"),
    ],
    [
      "a vendor's own person in the main app, who is nobody as an individual",
      member("main", [], { email: "a@odd.example" }),
      refused("wrong_type"),
    ],
    [
      "a pilot's tester",
      member("main", ["pilot"], { email: "a@pilot.example" }),
      at("org_pilot", "membership", { loginHint: "a@pilot.example" }),
    ],
    [
      "somebody else at a pilot's domain",
      member("main", [], { email: "a@pilot.example" }),
      { ...personal("individual"), loginHint: "a@pilot.example" },
    ],
    [
      "a pilot's member who has another address, and a password: as an individual",
      member("main", ["pilot"], atMail),
      personal("individual", hint),
    ],
    ["a suspended company's own person", member("main", [], { email: "a@gone.example" }), refused("suspended")],
  ])("%s", (_, visit, answer) => {
    expect(resolve(visit, directory)).toEqual(answer);
  });
});

test("before authentication an address is as good as any other at its domain", () => {
  for (const domain of ["mail.example", "acme.example", "gone.example", "feast.example"]) {
    const [known, unknown] = ["ann", "nobody-at-all"].map((name) => {
      const answer = resolve({ ...main, email: `${name}@${domain}`, lastUsed: "org_cedar" }, directory);
      return JSON.stringify(answer).replace(name, "");
    });
    expect(known).toBe(unknown);
  }
});

const orders = [
  "one two strict",
  "two one strict",
  "one strict two",
  "two strict one",
  "strict one two",
  "strict two one",
];
test.each(orders)("of several other apps the one with the fewest conditions, then the first by name: %s", (order) => {
  const { main: free, portal: strict, catering: here } = directory.apps;
  if (!free || !strict || !here) throw new Error("an app is missing");
  const known: Directory["apps"] = { one: { ...free, url: "https://one.example" }, two: free, strict };
  const apps = Object.fromEntries(order.split(" ").flatMap((name) => (known[name] ? [[name, known[name]]] : [])));
  expect(resolve({ app: "here", subdomain: "acme" }, { ...directory, apps: { here, ...apps } })).toEqual({
    ...elsewhere("main", "wrong_type"),
    app: "one",
    url: "https://one.example",
  });
});

test("nowhere to go: a tenant without an app for individuals", () => {
  const { portal: only } = directory.apps;
  if (!only) throw new Error("there is no portal");
  expect(resolve({ app: "portal", memberships: [] }, { ...directory, apps: { portal: only } })).toEqual(
    refused("individuals_not_admitted"),
  );
});

test.each(["other", "constructor"])("an app %s that the directory does not have is said so", (app) => {
  expect(() => resolve({ app }, directory)).toThrow(
    new Error(`no app "${app}" in the directory; known: main, portal, catering, rental, kiosk`),
  );
});
