import { generateKeyPairSync } from "node:crypto";
import { saml } from "../../e2e/strategies.entries.ts";
import { machinesOf } from "../../unit/stacks/machines.ts";
import { ann, customer, type GoodEntries, named, oidc, okta, through, visit } from "./good.ts";

export const audience = "https://api.travel.example/";
const machine = (slug: string, name = "machine") => ({
  machine: { client: name === "machine" ? slug : `${slug}/${name}`, audience, organization: `{org:${slug}}` },
});
const reads = { scopes: ["read:bookings"] };
const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
export type Pair = ReturnType<typeof pair>;
const pemOf = ({ publicKey }: Pair) => publicKey.export({ type: "spki", format: "pem" }).toString();

/** Two of company `keyed`, and one of nobody's. */
export const keys = { first: pair(), second: pair(), foreign: pair() };

const everyScope = [
  "create:bookings",
  "manage:api-keys",
  "read:account",
  "read:api-keys",
  "read:bookings",
  "update:account",
];
const one = (title: string, slug: string, entry: object, as = ann(slug)): GoodEntries => ({
  [slug]: { title, entry, logins: [[visit(as), `in ${slug}`]] },
});
const nameOf = (title: string, slug: string, displayName: string) =>
  one(title, slug, through(slug, oidc(slug), { displayName }));
const longest = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(53)}.example`;
const longSlug = "x".repeat(50);
const longName = "y".repeat(128);
/** As many as Auth0 looks up for the portal; and without it, as many as a connection's metadata hold. */
const hundred = Array.from({ length: 100 }, (_, n) => `d${n}.many.example`);
const most = Array.from({ length: 131 }, (_, n) => `d${n}.most.example`);
const ten = Array.from({ length: 10 }, (_, n) => [`ten-${n}-sso`, oidc(`ten-${n}`)] as const);

/** Names, domains, machines: what there may be much of. */
export const shapes: GoodEntries = {
  ...nameOf("a name from right to left", "travels", "شركة السفر"),
  ...nameOf("a name in Chinese characters and a picture", "horizon", "地平线旅行社 🌍"),
  ...nameOf("a name with quotes, an ampersand and dashes", "obrien", "O’Brien & Söhne – “Travel”"),
  ...nameOf("a name of 255 letters", "lengthy", "n".repeat(255)),
  ...nameOf("a name with a letter that is two characters", "combined", "Cafe\u0301 Zoë"),
  ...one("the longest slug", longSlug, through(longSlug, oidc("slug-sso")), "ann@slug-sso.example"),
  ...one(
    "the longest name of a connection",
    "conname",
    customer("Long", { connections: { [longName]: oidc("conname") } }),
  ),
  ...one(
    "a connection of the company's own name",
    "samename",
    customer("Same", { connections: { samename: oidc("samename") } }),
  ),
  ...one(
    "the longest domain",
    "domainlong",
    through("domainlong", oidc("domainlong", { domains: [longest] })),
    `ann@${longest}`,
  ),
  ...one(
    "a domain in punycode",
    "punycode",
    through("punycode", oidc("punycode", { domains: ["xn--mnchen-3ya.example"] })),
    "ann@xn--mnchen-3ya.example",
  ),
  many: {
    title: "a hundred domains: the first and the last lead to it, in the portal too",
    entry: through("many", oidc("many", { domains: hundred })),
    logins: [
      [visit("ann@d0.many.example"), "in many"],
      [visit("zoe@d99.many.example", { app: "portal", organization: "zoe@d99.many.example" }), "in many"],
    ],
  },
  most: {
    title: "as many domains as a connection holds, without the portal: the last leads to it",
    entry: through("most", oidc("most", { domains: most }), { apps: ["main"] }),
    logins: [[visit("ann@d130.most.example"), "in most"]],
  },
  below: {
    title: "a domain and one below it",
    entry: through("below", oidc("below", { domains: ["below.example", "eu.below.example"] })),
    logins: [
      [visit(ann("below")), "in below"],
      [visit("eva@eu.below.example"), "in below"],
    ],
  },
  ...one(
    "domains that are proven",
    "proven",
    through(
      "proven",
      oidc("proven", {
        proven: { "proven.example": { value: `auth0-b2b-verification=${"p".repeat(32)}`, on: "2026-11-28" } },
      }),
    ),
  ),
  three: {
    title: "connections of three strategies, one without a button",
    entry: customer("Three", {
      connections: {
        "three-oidc": oidc("three-a", { showAsButton: false }),
        "three-okta": okta("three-b"),
        "three-saml": {
          strategy: "samlp",
          signInUrl: "https://login.three-c.example/sign-in",
          certificate: saml.certificate,
          domains: ["three-c.example", "three-d.example"],
        },
      },
    }),
    logins: ["three-a", "three-b", "three-c", "three-d"].map((at) => [visit(ann(at)), "in three"] as const),
  },
  ten: {
    title: "ten connections",
    entry: customer("Ten", { connections: Object.fromEntries(ten) }),
    logins: [
      [visit(ann("ten-0")), "in ten"],
      [visit(ann("ten-9")), "in ten"],
    ],
  },
  branded: {
    title: "branding of its own",
    entry: through("branded", oidc("branded"), {
      branding: { logoUrl: "https://branded.example/logo.svg", primaryColor: "#b3261e", backgroundColor: "#FFFBFF" },
    }),
    logins: [[named("branded", ann("branded")), "in branded"]],
  },
  labelled: {
    title: "twenty subdomains",
    entry: through("labelled", oidc("labelled"), { subdomains: Array.from({ length: 20 }, (_, n) => `l${n}`) }),
    logins: [[visit(ann("labelled")), "in labelled"]],
  },
  limited: {
    title: "limits of members and credentials",
    entry: through("limited", oidc("limited"), {
      limits: { credentials: 49, members: 100_000 },
      machines: machinesOf(1),
    }),
    logins: [
      [visit(ann("limited")), "in limited"],
      [machine("limited", "m0"), "tokens of limited: read:bookings"],
    ],
  },
  robot: {
    title: "a machine with a secret that Auth0 made, and one whose secret was made anew",
    entry: customer("Robot", {
      machines: {
        machine: { ...reads, authentication: "secret" },
        anew: { scopes: everyScope, authentication: "secret", rotation: 9999 },
      },
    }),
    logins: [
      [machine("robot"), "tokens of robot: read:bookings"],
      [machine("robot", "anew"), `tokens of robot: ${everyScope.join(" ")}`],
    ],
  },
  "robot-halted": {
    title: "a suspended company's machine",
    entry: customer("Halted", { state: "suspended", machines: { machine: reads } }),
    logins: [[machine("robot-halted"), "turned down: suspended: Your company's access is suspended."]],
  },
  keyed: {
    title: "a machine with two keys: each gives a token (below)",
    entry: customer("Keyed", {
      machines: {
        machine: { ...reads, authentication: "private_key_jwt", publicKeys: [keys.first, keys.second].map(pemOf) },
      },
    }),
    logins: [],
  },
  fifty: {
    title: "fifty machines",
    entry: customer("Fifty", { machines: machinesOf(50) }),
    logins: [
      [machine("fifty", "m0"), "tokens of fifty: read:bookings"],
      [machine("fifty", "m49"), "tokens of fifty: read:bookings"],
    ],
  },
};
