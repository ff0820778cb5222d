import { organizationId } from "../dimensions.ts";
import { colleague, individual, member, type Row } from "./logins.ts";

const text = (value: unknown) => JSON.stringify(value) ?? "missing";
const withLeft = (left: unknown) => ({ user: { app_metadata: { left } } });

const damaged: readonly unknown[] = [
  ...[null, "", organizationId, "org_other", 0, 7, true, false, {}, { 0: organizationId }],
  ...[[7], [null], ["org_other", 7], [["org_other"]]],
];

/** The companies that a person has left. */
export const leavers: readonly Row[] = [
  ...[[organizationId], ["org_other", organizationId], [organizationId, organizationId], ...damaged].flatMap((left) => [
    { title: `a colleague with left = ${text(left)}`, event: colleague(withLeft(left)), outcome: "left" },
    { title: `a member with left = ${text(left)}`, event: member(withLeft(left)), outcome: "left" },
    { title: `an individual with left = ${text(left)}`, event: individual(withLeft(left)), outcome: "admitted" },
  ]),
  ...[undefined, [], ["org_other"], [`${organizationId}x`], [organizationId.toLowerCase()], ["acme"]].map((left) => ({
    title: `a colleague with left = ${text(left)}`,
    event: colleague(withLeft(left)),
    outcome: "admitted",
  })),
  ...[undefined, null, {}].flatMap((app_metadata) => [
    {
      title: `a colleague with app_metadata ${text(app_metadata)}`,
      event: colleague({ user: { app_metadata } }),
      outcome: "admitted",
    },
    {
      title: `an individual with app_metadata ${text(app_metadata)}`,
      event: individual({ user: { app_metadata } }),
      outcome: "admitted",
    },
  ]),
  // What cannot be read may say that somebody left
  ...["left", 7, true, []].flatMap((app_metadata) => [
    {
      title: `a colleague with app_metadata ${text(app_metadata)}`,
      event: colleague({ user: { app_metadata } }),
      outcome: "left",
    },
    {
      title: `an individual with app_metadata ${text(app_metadata)}`,
      event: individual({ user: { app_metadata } }),
      outcome: "admitted",
    },
  ]),
  ...[undefined, null, "ann", 7, []].flatMap((user) => [
    { title: `a company's login with user ${text(user)}`, event: colleague({ user }), outcome: "domain_mismatch" },
    {
      title: `an individual's login with user ${text(user)}`,
      event: individual({ user }),
      outcome: "unverified_email",
    },
  ]),

  // The first that applies
  {
    title: "a member who left and whose address nobody verified",
    event: member(withLeft([organizationId]), { verified: "no" }),
    outcome: "left",
  },
  {
    title: "a member who left a company that is without the portal's condition",
    event: member(withLeft([organizationId]), { app: "portal", apiAccess: "off" }),
    outcome: "not_entitled",
  },
];
