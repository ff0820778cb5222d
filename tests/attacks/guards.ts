import type { Guard } from "./attack.ts";

// Guards that stop more than one attack.

/** Nobody comes in by a password or a social login at a company's address. */
export const claimedDomains: Guard = {
  action: "post-login",
  line: `return domains.some((domain) => isClaimed(claimed, domain)) ? refusal("sso_required") : void 0;`,
  becomes: "return void 0;",
};

/** A company's provider speaks for its own addresses. */
export const ownDomains: Guard = {
  action: "post-login",
  line: `return owns(root) && !foreign ? void 0 : refusal("domain_mismatch");`,
  becomes: "return void 0;",
};

/** Who comes through a company's provider comes with an organization. */
export const organizationRequired: Guard = {
  action: "post-login",
  line: "return enterpriseRefusal(claimed, own, addresses) ?? (organization ? void 0 : organizationRequired(own.slug));",
  becomes: "return enterpriseRefusal(claimed, own, addresses);",
};

const standing = `return !organization.damaged && organization.metadata.status === "active";`;
const notDamaged = "return !organization.damaged;";
/** A suspended organization's people come in nowhere, nor do its machines. */
export const goodStanding: Guard = { action: "post-login", line: standing, becomes: notDamaged };
export const goodStandingOfMachines: Guard = { action: "credentials-exchange", line: standing, becomes: notDamaged };

/** Who left stays out. */
export const left: Guard = {
  action: "post-login",
  line: `if (hasLeft(app_metadata, id)) return refusal("left");`,
  becomes: "",
};

/** A machine's policy names its organization by id. */
export const machinesOwn: Guard = {
  action: "credentials-exchange",
  line: `if (organization.id !== own.organizationId) return refused(refusal("not_entitled"));`,
  becomes: "",
};

const decision = "const decision = decide({";
/** The Action decides on silent logins and at refreshes as well. */
export const silentToo: Guard = {
  action: "post-login",
  line: decision,
  becomes: `if (event.transaction?.prompt?.includes("none")) return;\n${decision}`,
};
export const refreshesToo: Guard = {
  action: "post-login",
  line: decision,
  becomes: `if (event.transaction?.protocol === "oauth2-refresh-token") return;\n${decision}`,
};

const authentication = "local/tenant/authentication";

/** A login goes on in the browser in which it began. */
export const sameBrowser: Guard = {
  source: `${authentication}/authorize.ts`,
  line: "login.browser === getCookie(context, browserCookie) && ",
  becomes: "",
};

/** A code goes to an address that the app named beforehand. */
export const knownCallback: Guard = {
  source: `${authentication}/asked.ts`,
  line: "if (!isAllowed(redirectUri, allowed, { organization: named })) {",
  becomes: "if (!URL.canParse(redirectUri) || !allowed || named) {",
};

export const consentAsked: Guard = {
  source: `${authentication}/flow.ts`,
  line: "if (login.consented !== true && (open.length > 0 || asked.consent)) {",
  becomes: "if (!open) {",
};

/** A line of a page on which a value is written as text. */
export function escaped(page: string, line: string, value: string): Guard {
  const asItIs = `Object.assign(new String(${value}), { isEscaped: true })`;
  return { source: `${authentication}/${page}`, line, becomes: line.replace(`{${value}}`, `{${asItIs}}`) };
}
