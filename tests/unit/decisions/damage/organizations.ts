import { colleague, type Fields, fillers, member, metadataOf, type Row } from "./logins.ts";

const text = (value: unknown) => JSON.stringify(value) ?? "missing";
const metadataWith = (change: Fields) => metadataOf(colleague(), "organization", change);

/** Of a member, by either way of signing in. */
function company(title: string, organization: unknown, outcome = "suspended"): Row[] {
  return [
    { title: `${title}, a colleague`, event: colleague({ organization }), outcome },
    { title: `${title}, a member with a password`, event: member({ organization }), outcome },
  ];
}

const notActive: readonly unknown[] = [
  undefined,
  "",
  "Active",
  "ACTIVE",
  " active",
  "active ",
  "active,suspended",
  "on",
];
const noText: readonly unknown[] = [null, true, 1, ["active"], { active: true }];
const listOfWords = Object.assign([], { type: "customer", status: "active", api_access: "on" });

export const organizations: readonly Row[] = [
  // Only null and undefined are no organization: whatever else stands there is one, and damaged
  ...["", 0, false, [], "acme", 7].flatMap((value) => company(`organization ${text(value)}`, value)),
  ...[undefined, null].map((organization) => ({
    title: `organization ${text(organization)}, with a password`,
    event: member({ organization }),
    outcome: "admitted",
  })),
  ...[undefined, null].map((organization) => ({
    title: `organization ${text(organization)}, through the company's identity provider`,
    event: colleague({ organization }),
    outcome: "org_required:acme",
  })),

  ...[undefined, null, "", 7, ["org_W4nQ7dXk2sVb9LpT"], {}].flatMap((id) => company(`the id ${text(id)}`, { id })),

  ...[undefined, null, "", "active", 7, true, [], {}].flatMap((metadata) =>
    company(`metadata ${text(metadata)}`, { metadata }),
  ),
  ...company("metadata that is a list with the right words on it", { metadata: listOfWords }),

  ...[...notActive, ...noText].flatMap((status) =>
    company(`the status ${text(status)}`, { metadata: metadataWith({ status }) }),
  ),
  ...noText.flatMap((note) => company(`a note ${text(note)}`, { metadata: metadataWith({ note }) })),

  // Auth0 holds 25 keys of 255 characters: https://auth0.com/docs/manage-users/organizations
  ...company("25 keys", { metadata: metadataWith(fillers(22)) }, "admitted"),
  ...company("26 keys", { metadata: metadataWith(fillers(23)) }),
  ...company("a value of 255 characters", { metadata: metadataWith({ note: "x".repeat(255) }) }, "admitted"),
  ...company("a value of 256 characters", { metadata: metadataWith({ note: "x".repeat(256) }) }),

  ...[undefined, "", "Customer", "customer,vendor", " customer", "none", "constructor", "__proto__"].flatMap((type) =>
    company(`the type ${text(type)}`, { metadata: metadataWith({ type }) }, "wrong_type"),
  ),
  ...[undefined, "", "On", "true", "on,off", " on"].map((api_access) => ({
    title: `api_access ${text(api_access)} at the portal`,
    event: colleague({ organization: { metadata: metadataWith({ api_access }) } }, { app: "portal" }),
    outcome: "not_entitled",
  })),

  // The first that applies
  {
    title: "a suspended company of the wrong type",
    event: colleague({}, { type: "vendor", status: "suspended" }),
    outcome: "suspended",
  },
  {
    title: "a damaged company at the app for individuals",
    event: colleague({ organization: { metadata: null } }, { app: "main-personal" }),
    outcome: "suspended",
  },
  {
    title: "a company of the wrong type, without the condition",
    event: colleague({}, { app: "portal", type: "vendor", apiAccess: "off" }),
    outcome: "wrong_type",
  },
];
