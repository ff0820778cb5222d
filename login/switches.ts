/**
 * Questions about logins that no public source answers: each with all answers, the first of which is the default. What holds on a live
 * tenant is to be checked there before anything relies on it.
 */
export const loginAnswers = {
  /** A member of exactly one organization at an app for both kinds of people: goes there, or is shown the picker. */
  ONE_ORGANIZATION: ["organization", "picker"],
  /** Whether the picker leaves out organizations that lack the connection just used. */
  PICKER_LISTS: ["memberships", "usable"],
  /** Whether the picker leaves out organizations whose list of applications does not have the app. */
  PICKER_APPLICATIONS: ["all", "entitled"],
  /** An app that an organization's list of applications does not have: refused before the Actions run, or after them. */
  APPLICATION_ACCESS: ["before-actions", "after-actions"],
  /** Whether an address typed at an organization's prompt leads to a connection that the organization does not show. */
  HIDDEN_CONNECTIONS: ["routed", "unreachable"],
  /** Inside an organization: is its own list of connections enough, or must the app have the connection too? */
  ORGANIZATION_CONNECTIONS: ["organization", "organization-and-app"],
  /** Which of two connections an address leads to whose domain both have. */
  SHARED_ALIAS: ["oldest", "newest"],
  /** A session whose connection the requested organization does not have: the person signs in anew, or is refused. */
  UNFIT_SESSION: ["prompt", "refuse"],
  /** Whether a `login_hint` stands in the field only, or also goes on to where it leads. */
  LOGIN_HINT: ["prefills", "submits"],
  /** An address that found the organization: asked for again at its prompt, or taken there as typed. */
  DISCOVERED_ADDRESS: ["asked-again", "goes-on"],
} as const;

type LoginSwitch = keyof typeof loginAnswers;
export type LoginSwitches = { readonly [name in LoginSwitch]: (typeof loginAnswers)[name][number] };

/** The first answer of each question. */
export const defaultAnswers = Object.fromEntries(
  Object.entries(loginAnswers).map(([name, [first]]) => [name, first]),
) as LoginSwitches;
