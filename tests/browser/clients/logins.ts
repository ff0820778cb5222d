import { apiAdministrator, owner, preCustomer, vendorEditor } from "../../scenarios/story.ts";
import type { Meant, Profile } from "./meant.ts";

// The logins that the clients play, written down by hand from stacks/local and stacks/catalog.ts.

const avatar = (hash: string, letters: string) =>
  `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2F${letters}.png`;

export const pavel: Profile = {
  email: "pavel@mail.example",
  name: "Pavel Novak",
  nickname: "pavel",
  picture: avatar("51d12e99c8e100dbe2980f537a8b8796", "pa"),
};
const ravi: Profile = {
  email: "ravi@wheelhouse.example",
  name: "Ravi Rao",
  nickname: "ravi",
  picture: avatar("56ebc69439379295078c8a526c336bd0", "ra"),
};
const ann: Profile = {
  email: "ann@acme.example",
  name: "Ann Abel",
  given_name: "Ann",
  family_name: "Abel",
  nickname: "ann",
};
/** Nobody, until there is an account: that is named by its address. */
export const newcomer: Profile = {
  email: "new@mail.example",
  name: "new@mail.example",
  nickname: "new",
  picture: avatar("ac3b6df76256f8216b9f70fa5789beb3", "ne"),
};

/** Pavel's own tokens in the main app, before he buys. */
export const prospect: Meant = {
  person: pavel,
  says: { stage: "prospect" },
  scope: "openid profile email offline_access read:account update:account",
  permissions: preCustomer,
};

/** Ann's within Acme, in the main app. */
export const atAcme: Meant = {
  person: ann,
  company: "acme",
  says: { org_type: "customer", stage: "owner" },
  scope: "openid profile email offline_access read:account update:account read:bookings create:bookings",
  permissions: owner,
};

/** Those of who is invited into dune-crafts with another role than a first login gives; the main app asks for more than that allows. */
export const intoDune = { company: "dune-crafts", app: "main", role: "api-administrator" };
export const atDune: Omit<Meant, "person"> = {
  company: "dune-crafts",
  says: { org_type: "customer", stage: "owner" },
  scope: "openid profile email offline_access read:account",
  permissions: apiAdministrator,
};

/** Who follows an invitation, what they answer, and the pages that they meet. */
export const invitees = [
  { who: "has an account", invitee: pavel, answers: {}, pages: ["identifier", "password"] },
  { who: "has none, and makes one,", invitee: newcomer, answers: { signUp: true }, pages: ["identifier", "sign-up"] },
] as const;

/** Ravi's at Wheelhouse, in the app for rental, which does not ask for all that the role allows. */
export const atWheelhouse: Meant = {
  person: ravi,
  company: "wheelhouse",
  says: { org_type: "vendor" },
  scope: "openid profile email read:offers update:offers",
  permissions: vendorEditor,
};
