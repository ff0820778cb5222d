import { html } from "hono/html";
import type { Page } from "./layout.ts";
import { type Shown, stateField } from "./login.ts";

/** A one-time password of an authenticator that the account has. */
export function challengePage(shown: Shown): Page {
  return {
    title: "Verify your identity",
    intro: "Enter the six digits that your authenticator app shows",
    complaint: shown.complaint,
    body: html`<form method="post">${stateField(shown)}
<label for="code">One-time code</label><input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required autofocus aria-describedby="complaint">
<button class="main" name="action" value="default">Continue</button></form>`,
  };
}

/** @param secret base32, `uri` for an app that takes links */
export function enrollmentPage(shown: Shown, { secret, uri }: { readonly secret: string; readonly uri: string }): Page {
  return {
    title: "Secure your account",
    intro: "Add this key to your authenticator app, then enter the six digits that it shows",
    complaint: shown.complaint,
    body: html`<p>Key: <code id="secret">${secret}</code><br><a href="${uri}">Open in an app on this device</a></p>
<form method="post">${stateField(shown)}
<label for="code">One-time code</label><input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required autofocus aria-describedby="complaint">
<button class="main" name="action" value="default">Continue</button></form>`,
  };
}

/** What an app wants, in the words of the API. */
export function consentPage(shown: Shown, wants: readonly string[]): Page {
  return {
    title: "Authorize the app",
    intro: `${shown.app} asks for access to your account`,
    complaint: shown.complaint,
    body: html`<ul>${wants.map((want) => html`<li>${want}</li>`)}</ul>
<form method="post">${stateField(shown)}<button class="main" name="action" value="accept">Accept</button><button name="action" value="deny">Decline</button></form>`,
  };
}
