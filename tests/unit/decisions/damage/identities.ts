import { colleague, individual, member, type Row } from "./logins.ts";

const text = (value: unknown) => JSON.stringify(value) ?? "missing";
const primary = { connection: "c", provider: "auth0", user_id: "65f1c0ffee65f1c0ffee65f1" };

/** A person to whom a second identity is linked, with this address. */
const linked = (email: unknown) => ({
  identities: [primary, { connection: "d", provider: "oidc", user_id: "2", profileData: { email } }],
});

const unreadable: readonly unknown[] = [
  "",
  "ann",
  "ann@bob@home.example",
  "ann@localhost",
  "ann@home.example/x",
  7,
  {},
];

export const identities: readonly Row[] = [
  ...unreadable.flatMap((email) => [
    {
      title: `an individual linked to the address ${text(email)}`,
      event: individual({ user: linked(email) }),
      outcome: "unverified_email",
    },
    {
      title: `a member linked to the address ${text(email)}`,
      event: member({ user: linked(email) }),
      outcome: "unverified_email",
    },
    {
      title: `a colleague linked to the address ${text(email)}`,
      event: colleague({ user: linked(email) }),
      outcome: "domain_mismatch",
    },
  ]),
  ...["ann@acme.test", "ANN@GLOBEX.EXAMPLE.", "ann@ｇｌｏｂｅｘ.example"].flatMap((email) => [
    {
      title: `an individual linked to the claimed address ${email}`,
      event: individual({ user: linked(email) }),
      outcome: "sso_required",
    },
    {
      title: `a member linked to the claimed address ${email}`,
      event: member({ user: linked(email) }),
      outcome: "sso_required",
    },
  ]),
  {
    title: "a colleague linked to an address of another company",
    event: colleague({ user: linked("ann@globex.example") }),
    outcome: "domain_mismatch",
  },
  {
    title: "a colleague linked to another address of the own company",
    event: colleague({ user: linked("ann@acme.example") }),
    outcome: "admitted",
  },
  ...["ann@home.example", undefined].flatMap((email) => [
    {
      title: `a colleague linked to the address ${text(email)}`,
      event: colleague({ user: linked(email) }),
      outcome: "admitted",
    },
    {
      title: `an individual linked to the address ${text(email)}`,
      event: individual({ user: linked(email) }),
      outcome: "admitted",
    },
  ]),
  {
    title: "an individual linked to an identity without a profile",
    event: individual({ user: { identities: [primary, { connection: "d", provider: "sms", user_id: "2" }] } }),
    outcome: "admitted",
  },

  // Every identity counts, the first too
  {
    title: "an individual whose first identity has another, claimed address",
    event: individual({ user: { identities: [{ ...primary, profileData: { email: "ann@acme.test" } }] } }),
    outcome: "sso_required",
  },
  {
    title: "an individual linked to three, of whom the last is claimed",
    event: individual({
      user: {
        identities: [
          primary,
          { ...primary, profileData: { email: "a@home.example" } },
          { ...primary, profileData: { email: "a@acme.test" } },
        ],
      },
    }),
    outcome: "sso_required",
  },

  // A list that cannot be read may hide an address
  ...[
    "ann@acme.test",
    7,
    {},
    [null],
    ["x"],
    [{ ...primary, profileData: "x" }],
    [{ ...primary, profileData: [] }],
  ].flatMap((identities) => [
    {
      title: `an individual with the identities ${text(identities)}`,
      event: individual({ user: { identities } }),
      outcome: "unverified_email",
    },
    {
      title: `a colleague with the identities ${text(identities)}`,
      event: colleague({ user: { identities } }),
      outcome: "domain_mismatch",
    },
  ]),

  // The first that applies
  {
    title: "an individual at a claimed domain, linked to a damaged address",
    event: individual({ user: { email: "ann@acme.test", ...linked("ann") } }),
    outcome: "unverified_email",
  },
  {
    title: "a colleague without an organization, linked to an address of another company",
    event: colleague({ user: linked("ann@globex.example"), organization: undefined }),
    outcome: "domain_mismatch",
  },
];
