import { colleague, type Fields, fillers, individual, metadataOf, type Row } from "./logins.ts";

const keys = ["policy_version", "org_types", "org_requires", "individuals", "stage_claim", "mfa"];

/** Nobody means to write these, in place of a readable value. */
const noText: readonly unknown[] = [null, true, 2, ["customer"], { customer: "on" }];

const unreadable: Readonly<Record<string, readonly string[]>> = {
  policy_version: ["", "1", "3", "02", "2.0", "2 ", " 2"],
  org_types: [
    "",
    "customers",
    "Customer",
    " customer",
    "customer, vendor",
    "customer,",
    ",customer",
    "customer,,vendor",
    "customer;vendor",
    "customer,customer",
    "vendor,customer,vendor",
    "none,customer",
    "customer,none",
    "none,none",
    "None",
    "*",
    "constructor",
  ],
  org_requires: [
    "",
    "api_access",
    "api_access=",
    "=on",
    "=",
    "api_access=on,",
    ",api_access=on",
    "api_access=on,api_access=on",
    "api_access=on,api_access=off",
    "api_access=on,none",
    "none,api_access=on",
    "api_access=on=off",
    "None",
  ],
  individuals: ["", "yes", "Allow", "allow ", "allow,deny", "true"],
  stage_claim: ["", "On", "true", "on,off", "1"],
  mfa: ["", "on", "Password", "password,off", "none", "true"],
};

const text = (value: unknown) => JSON.stringify(value);
const policyWith = (change: Fields) => ({ metadata: metadataOf(colleague(), "client", change) });

/** With the policy of the main app, changed. */
function app(title: string, change: Fields, outcome = "no_policy"): Row[] {
  return [
    { title: `${title}, a colleague`, event: colleague({ client: policyWith(change) }), outcome },
    { title: `${title}, an individual`, event: individual({ client: policyWith(change) }), outcome },
  ];
}

export const policies: readonly Row[] = [
  ...keys.flatMap((key) => app(`an app without ${key}`, { [key]: undefined })),
  ...keys.flatMap((key) => noText.flatMap((value) => app(`an app with ${key} = ${text(value)}`, { [key]: value }))),
  ...keys.flatMap((key) =>
    (unreadable[key] ?? []).flatMap((value) => app(`an app with ${key} = ${text(value)}`, { [key]: value })),
  ),

  // Auth0 holds 10 keys of 255 characters: https://auth0.com/docs/manage-users/user-accounts/metadata
  ...app("an app with 10 keys", fillers(4), "admitted"),
  ...app("an app with 11 keys", fillers(5)),
  ...app("an app with a value of 255 characters", { note: "x".repeat(255) }, "admitted"),
  ...app("an app with a value of 256 characters", { note: "x".repeat(256) }),

  ...[undefined, null, "", "policy_version=2", 2, true, [], {}].map((metadata) => ({
    title: `an app with metadata ${text(metadata)}`,
    event: colleague({ client: { metadata } }),
    outcome: "no_policy",
  })),
  ...[undefined, null, "main", 7, []].map((client) => ({
    title: `a login with client ${text(client)}`,
    event: colleague({ client }),
    outcome: "no_policy",
  })),
  {
    title: "a machine client's word alone",
    event: individual({ client: { metadata: { machine: "operator" } } }),
    outcome: "no_policy",
  },

  // It is said before anything else
  {
    title: "an app without a policy, with a damaged connection",
    event: colleague({ client: { metadata: {} }, connection: { metadata: {} } }),
    outcome: "no_policy",
  },
];
