import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { html } from "hono/html";
import { rolldown } from "rolldown";
import { type Directory, resolve, retryAfter } from "../kit/index.ts";
import { page, pageHeaders } from "./page.ts";

export interface BrowserAppOptions {
  readonly app: string;
  readonly directory: Directory;
  readonly apiUrl: string;
  readonly scopes: readonly string[];
}

const script = fileURLToPath(new URL("browser/app.js", import.meta.url));

/** The script with the library in it, as one text. */
async function bundled(): Promise<string> {
  const bundle = await rolldown({ input: script, platform: "browser" });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  return output[0].code;
}

/**
 * An app in the browser, without a secret. Its back end asks the kit, because the directory is no browser's business: it lists all
 * companies.
 */
export async function browserApp({ app: name, directory, apiUrl, scopes }: BrowserAppOptions): Promise<Hono> {
  const registered = directory.apps[name];
  if (!registered) throw new Error(`The directory has no app ${name}.`);
  const { clientId } = registered;
  const app = new Hono();
  const text = await bundled();
  app.get("/app.js", (context) => context.body(text, 200, { "Content-Type": "text/javascript; charset=utf-8" }));
  app.get("/settings.json", (context) =>
    context.json({
      domain: new URL(directory.issuer).host,
      clientId,
      audience: directory.apis.vendor?.identifier,
      scope: `openid profile email offline_access ${scopes.join(" ")}`,
      apiUrl,
    }),
  );
  app.get("/resolve", (context) => {
    const { email, subdomain, lastUsed } = context.req.query();
    return context.json(resolve({ app: name, email, subdomain, lastUsed }, directory));
  });
  // One name for one id that a token gave: no list leaves the back end.
  app.get("/company", (context) => {
    const { organization = "" } = context.req.query();
    return context.json({ name: directory.organizations[organization]?.displayName ?? null });
  });
  app.get("/retry", (context) => {
    const { description, email, retried } = context.req.query();
    return context.json(retryAfter({ clientId, description, email, retried: retried === "yes" }, directory));
  });
  const policy = [
    pageHeaders["Content-Security-Policy"],
    `script-src 'self'; connect-src 'self' ${new URL(directory.issuer).origin} ${apiUrl}; frame-src ${new URL(directory.issuer).origin}`,
    "worker-src blob: 'self'",
  ].join("; ");
  app.get("*", async (context) => {
    const content = html`<div id="app" aria-live="polite"><noscript>This app runs in the browser and needs JavaScript.</noscript></div><script type="module" src="/app.js"></script>`;
    const text = await page("Rental vendors", "Rental vendors", content);
    return context.body(text, 200, { ...pageHeaders, "Content-Security-Policy": policy });
  });
  return app;
}
