import { html, raw } from "hono/html";

type Html = ReturnType<typeof html>;

const style = `
  :root { color-scheme: light dark; --ink: #1c2733; --paper: #f5f7fa; --card: #fff; --line: #c8d0da; --act: #0b57d0; --soft: #55606e; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --paper: #12171d; --card: #1b222b; --line: #3b4653; --act: #8ab4f8; --soft: #a9b4c0; } }
  * { box-sizing: border-box; } body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
  header { padding: 1rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--card); font-weight: 600; }
  main { max-width: 42rem; margin: 2rem auto; padding: 0 1.25rem; } h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 1rem; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1.25rem; margin: 0 0 1rem; }
  label { display: block; font-weight: 600; } input { width: 100%; font: inherit; padding: .6rem .75rem; margin: .25rem 0 .75rem; border: 1px solid var(--soft); border-radius: 6px; background: transparent; color: inherit; }
  button, .button { display: inline-block; font: inherit; padding: .6rem 1rem; border: 1px solid var(--act); border-radius: 6px; background: transparent; color: var(--act); text-decoration: none; cursor: pointer; margin: 0 .5rem .5rem 0; }
  button.first { background: var(--act); color: var(--card); } a { color: var(--act); } .hint { color: var(--soft); }
  dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .35rem 1rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
`;

/** A page of an example app. What is not from this file is escaped. */
export async function page(title: string, heading: string, content: Html): Promise<string> {
  return String(
    await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${heading} · ${title}</title><style>${raw(style)}</style></head>
<body><header>${title}</header><main><h1>${heading}</h1>${content}</main></body></html>`,
  );
}

/** Scripts and styles of the app's own only; nobody frames it. */
export const pageHeaders = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
} as const;

/** Terms and what is said of them; what is undefined is left out. */
export function facts(list: Readonly<Record<string, string | undefined>>): Html {
  const said = Object.entries(list).flatMap(([term, text]) => (text === undefined ? [] : [{ term, text }]));
  return html`<dl>${said.map(({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>`;
}

/** Where somebody who is not signed in says what the app should know: nothing, an address, or a company's name. */
export function entrance(action: string): Html {
  return html`<form class="card" method="post" action="${action}"><label for="who">Work e-mail or company (optional)</label><input id="who" name="who" type="text" autocomplete="username" autocapitalize="none" spellcheck="false"><button class="first">Sign in</button></form>`;
}

/** Why somebody is not let in here, and where else to go. */
export function turnedAway(sentence: string, more: { readonly code?: string; readonly url?: string }): Html {
  const { code, url } = more;
  return html`<div class="card"><p id="sentence">${sentence}</p>${code === undefined ? "" : html`<p class="hint">Code: <code id="code">${code}</code></p>`}${url === undefined ? "" : html`<p><a class="button" href="${url}">Go to ${url}</a></p>`}<p><a href="/">Back</a></p></div>`;
}
