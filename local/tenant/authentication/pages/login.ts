import { html } from "hono/html";
import type { Html, Page } from "./layout.ts";
import type { PagedStep } from "./paths.ts";

/** What every page of a login knows. */
export interface Shown {
  readonly key: string;
  readonly complaint: string | undefined;
  /** What was typed as an address, where something was. */
  readonly identifier: string | undefined;
  /** The name of the app, and of the organization where there is one. */
  readonly app: string;
  readonly organization: string | undefined;
  /** By id: what a person knows a connection or an organization by. */
  readonly nameOf: (id: string) => string;
}

type Of<Kind extends PagedStep["kind"]> = Extract<PagedStep, { readonly kind: Kind }>;

/** The field that carries the login from page to page. */
export function stateField({ key }: Shown): Html {
  return html`<input type="hidden" name="state" value="${key}">`;
}

function toContinue({ app, organization }: Shown): string {
  return organization === undefined ? `to continue to ${app}` : `to continue to ${app} with ${organization}`;
}

/** The address first: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
export function identifierPage(step: Of<"identify">, shown: Shown): Page {
  const buttons = step.buttons.map(
    (id) => html`<button name="connection" value="${id}" formnovalidate>Continue with ${shown.nameOf(id)}</button>`,
  );
  const field = html`<label for="username">Email address</label>
<input id="username" name="username" type="text" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus value="${shown.identifier ?? step.hint ?? ""}" aria-describedby="complaint">
<button class="main" name="action" value="default">Continue</button>`;
  const signup = step.signup ? html`<p>No account yet? <a href="/u/signup?state=${shown.key}">Sign up</a></p>` : "";
  const others =
    buttons.length > 0 ? html`<div class="or">or</div><form method="post">${stateField(shown)}${buttons}</form>` : "";
  return {
    title: "Welcome",
    intro: `Sign in ${toContinue(shown)}`,
    complaint: shown.complaint,
    body: html`<form method="post">${stateField(shown)}${field}${signup}</form>${others}`,
  };
}

export function passwordPage(step: Of<"password">, shown: Shown): Page {
  const { identifier } = step;
  const who =
    identifier === undefined
      ? html`<label for="username">Email address</label><input id="username" name="username" type="text" inputmode="email" autocomplete="username" required autofocus value="${shown.identifier ?? ""}">`
      : html`<div class="who"><span>${identifier}</span><button class="link" name="action" value="edit" formnovalidate aria-label="Edit email address">Edit</button></div><input type="hidden" name="username" value="${identifier}" autocomplete="username">`;
  const signup = step.signup ? html`<p>No account yet? <a href="/u/signup?state=${shown.key}">Sign up</a></p>` : "";
  return {
    title: "Enter your password",
    intro: `Enter your password ${toContinue(shown)}`,
    complaint: shown.complaint,
    body: html`<form method="post">${stateField(shown)}<button class="main" name="action" value="default" hidden tabindex="-1" aria-hidden="true"></button>${who}
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required${identifier === undefined ? "" : " autofocus"} aria-describedby="complaint">
<p><a href="/u/reset-password/request?state=${shown.key}">Forgot password?</a></p>
<button class="main" name="action" value="default">Continue</button>${signup}</form>`,
  };
}

export function signupPage(shown: Shown): Page {
  return {
    title: "Sign up",
    intro: `Sign up ${toContinue(shown)}`,
    complaint: shown.complaint,
    body: html`<form method="post">${stateField(shown)}
<label for="email">Email address</label><input id="email" name="email" type="email" autocomplete="email" required autofocus value="${shown.identifier ?? ""}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="complaint">
<button class="main" name="action" value="default">Continue</button>
<p>Already have an account? <a href="/u/login?state=${shown.key}">Sign in</a></p></form>`,
  };
}

/** Before the credentials: the organization by its name or by an address of its domain. */
export function organizationPage(step: Of<"name-organization">, shown: Shown): Page {
  const byName = step.by.includes("organization_name");
  const label = !byName
    ? "Work email address"
    : step.by.includes("email")
      ? "Organization name or work email address"
      : "Organization name";
  const personal = step.personal
    ? html`<div class="or">or</div><form method="post">${stateField(shown)}<button name="action" value="personal">Continue with a personal account</button></form>`
    : "";
  return {
    title: "Find your organization",
    intro: `Name your organization ${toContinue(shown)}`,
    complaint: step.notFound === undefined ? shown.complaint : `There is no organization for ${step.notFound}`,
    body: html`<form method="post">${stateField(shown)}
<label for="organizationName">${label}</label><input id="organizationName" name="organizationName" type="text" autocapitalize="none" spellcheck="false" required autofocus aria-describedby="complaint">
<button class="main" name="action" value="default">Continue</button></form>${personal}`,
  };
}

function choices(organizations: readonly string[], shown: Shown): Html {
  return html`${organizations.map((id) => html`<button name="organization" value="${id}">${shown.nameOf(id)}</button>`)}`;
}

/** Several organizations share the domain that was typed. */
export function selectionPage(step: Of<"select-organization">, shown: Shown): Page {
  return {
    title: "Choose your organization",
    intro: `Several organizations use this address ${toContinue(shown)}`,
    complaint: shown.complaint,
    body: html`<form method="post">${stateField(shown)}${choices(step.organizations, shown)}</form>`,
  };
}

/** https://auth0.com/docs/manage-users/organizations/login-flows-for-organizations: the personal account first, then up to 20 organizations */
export function pickerPage(step: Of<"pick">, shown: Shown): Page {
  const personal = step.personal
    ? html`<button name="action" value="personal">Continue with your personal account</button><div class="or">or</div>`
    : "";
  return {
    title: "Select an organization",
    intro: `Choose how to go on to ${shown.app}`,
    complaint: shown.complaint,
    body: html`<form method="post">${stateField(shown)}${personal}${choices(step.organizations, shown)}</form>`,
  };
}
