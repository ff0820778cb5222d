import { colleague, type Fields, fillers, individual, member, metadataOf, type Row } from "./logins.ts";

const text = (value: unknown) => JSON.stringify(value) ?? "missing";
const own = "acme.example,acme.test";
/** A list of domains of exactly `length` characters, some 250, that holds Ann's; labels hold 63. */
const listOf = (length: number) => {
  const start = `acme.test,${["a", "b", "c"].map((letter) => `${letter.repeat(60)}.example`).join(",")},`;
  return `${start}${"d".repeat(length - start.length - ".example".length)}.example`;
};

/** Of a colleague: the connection's metadata, changed. */
function metadata(title: string, change: Fields, outcome = "domain_mismatch"): Row {
  const event = colleague({ connection: { metadata: metadataOf(colleague(), "connection", change) } });
  return { title, event, outcome };
}

const slugs: readonly unknown[] = [
  ...[undefined, null, 7, true, ["acme"], ""],
  ...["Acme", "acme_corp", "acme corp", "-acme", "acme-", "acme--corp", "äcme", "acme\n", "acme:", "a".repeat(51)],
];
const domains: readonly unknown[] = [
  ...[undefined, null, 7, true, ["acme.test"], {}, ""],
  ...["acme.test,", ",acme.test", "acme.example,,acme.test", "acme.example, acme.test", " acme.test", "acme.test "],
  ...["acme.test,ACME.example", "ACME.TEST", "acme.test,acme.example.", "acme.test,bücher.example"],
  ...["acme.test,ａｃｍｅ.example", "acme.test,localhost", "acme.test,.example", "acme.test,a..example"],
  ...["acme.test,ann@acme.example", "acme.test,acme.example/x", "acme.test;acme.example", "*.test", "acme.test,*"],
];
const later: readonly unknown[] = [null, 7, ["globex.example"], "", "globex.example,", "Globex.example"];

const social = [
  ...["google-oauth2", "apple", "facebook", "github", "linkedin", "twitter", "windowslive", "amazon", "bitbucket"],
  ...["box", "dropbox", "paypal", "salesforce", "yahoo", "slack-oauth-2", "discord"],
];
const noKnownStrategy: readonly unknown[] = [
  ...[undefined, null, 7, true, ["auth0"], { strategy: "auth0" }, ""],
  ...[
    "Auth0",
    "auth0 ",
    "AUTH0",
    "email,auth0",
    "constructor",
    "__proto__",
    "toString",
    "oauth2",
    "adfs",
    "pingfederate",
  ],
];

export const connections: readonly Row[] = [
  ...slugs.map((slug) => metadata(`the slug ${text(slug)}`, { slug })),
  metadata("a slug of 50 characters", { slug: "a".repeat(50) }, "admitted"),
  metadata("a slug of words and numbers", { slug: "acme-2-go" }, "admitted"),
  ...domains.map((value) => metadata(`the domains ${text(value)}`, { domains: value })),
  ...later.map((value) => metadata(`domains_2 ${text(value)}`, { domains_2: value })),
  metadata("domains_2 without domains", { domains: undefined, domains_2: own }),
  metadata("domains_3 without domains_2", { domains_3: "acme.co.example" }),
  metadata("domains_9 without domains_8", {
    ...Object.fromEntries([2, 3, 4, 5, 6, 7, 9].map((key) => [`domains_${key}`, `acme-${key}.example`])),
  }),
  metadata("the domain in domains_2", { domains: "acme.example", domains_2: "acme.test" }, "admitted"),
  metadata(
    "the domain in domains_9",
    {
      domains: "acme.example",
      ...Object.fromEntries([2, 3, 4, 5, 6, 7, 8].map((key) => [`domains_${key}`, `acme-${key}.example`])),
      domains_9: "acme.test",
    },
    "admitted",
  ),
  metadata("domains of 255 characters", { domains: listOf(255) }, "admitted"),
  metadata("domains of 256 characters", { domains: listOf(256) }),
  metadata("10 keys", fillers(8), "admitted"),
  metadata("11 keys", fillers(9)),
  metadata("a value of 255 characters", { note: "x".repeat(255) }, "admitted"),
  metadata("a value of 256 characters", { note: "x".repeat(256) }),
  metadata("a value that is a number", { note: 7 }),
  ...[undefined, null, "", "acme", 7, true, [], {}].map((value) => ({
    title: `connection metadata ${text(value)}`,
    event: colleague({ connection: { metadata: value } }),
    outcome: "domain_mismatch",
  })),
  ...[undefined, null, "con_1", 7, []].map((connection) => ({
    title: `a login with connection ${text(connection)}`,
    event: colleague({ connection }),
    outcome: "domain_mismatch",
  })),
  {
    title: "damaged metadata, without an organization",
    event: colleague({ connection: { metadata: { slug: "acme" } }, organization: undefined }),
    outcome: "domain_mismatch",
  },

  // Who is not known to be of a database, social or passwordless connection comes through a company
  ...noKnownStrategy.map((strategy) => ({
    title: `the strategy ${text(strategy)}, a member without company's connection`,
    event: member({ connection: { strategy } }),
    outcome: "domain_mismatch",
  })),
  ...noKnownStrategy.map((strategy) => ({
    title: `the strategy ${text(strategy)}, a colleague without an organization`,
    event: colleague({ connection: { strategy }, organization: undefined }),
    outcome: "org_required:acme",
  })),
  ...["auth0", "email", "sms", ...social].map((strategy) => ({
    title: `the strategy ${strategy}, an individual`,
    event: individual({ connection: { strategy } }),
    outcome: "admitted",
  })),
  ...["auth0", "email", "sms", ...social].map((strategy) => ({
    title: `the strategy ${strategy}, with metadata as of a company's connection`,
    event: colleague({ connection: { strategy } }),
    outcome: "sso_required",
  })),
];
