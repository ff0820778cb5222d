import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { usernameOf } from "./claims.ts";
import type { Provider } from "./description.ts";

const style = `
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #eef1f5; font: 16px/1.5 system-ui, sans-serif; color: #1e212a; }
  main { width: min(25rem, 100vw - 2rem); margin: 2rem 0; padding: 2rem; background: #fff; border-radius: 5px; box-sizing: border-box; }
  h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.2; } label { display: block; } .wrong { color: #b3261e; }
  input, button { box-sizing: border-box; width: 100%; padding: .75rem; margin: .25rem 0; border: 1px solid #6f7780; border-radius: 3px; background: #fff; font: inherit; text-align: left; }
`;

/** Where a company's provider asks who somebody is. It believes everybody: a password would prove nothing on this machine. */
export async function signInPage(provider: Provider, asked: { hint?: string; unknown?: string }): Promise<string> {
  const { hint = "", unknown } = asked;
  const wrong = unknown === undefined ? "" : html`<p class="wrong" role="alert">Nobody here is called ${unknown}.</p>`;
  const people = provider.people.map(
    (person) => html`<button name="person" value="${person.sub}">${person.name}, ${usernameOf(person)}</button>`,
  );
  return String(
    await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in at ${provider.name}</title><style>${style}</style></head>
<body><main><h1>Sign in at ${provider.name}</h1><p>This plays the identity provider of ${provider.name} on this machine. No password is asked for.</p>${wrong}
<form method="post"><label for="login">Who are you?</label><input id="login" name="login" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" autofocus value="${unknown ?? hint}"><button>Sign in</button>
<p>Or one of the people here:</p>${people}<p><button name="cancel" value="yes">Cancel</button></p></form></main></body></html>`,
  );
}

const submits = "document.forms[0].submit()";

/** A form that brings a message to the service provider: by itself, and by its button where there is no script. The policy lets that one script run. */
export async function handOverPage(to: string, fields: { readonly [name: string]: string }) {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const content = String(
    await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Signed in</title><style>${style}</style></head>
<body><main><h1>You are being sent back</h1><form method="post" action="${to}">${hidden}<button>Continue</button></form></main><script>${raw(submits)}</script></body></html>`,
  );
  const hash = createHash("sha256").update(submits).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; frame-ancestors 'none'`;
  return { content, policy };
}
