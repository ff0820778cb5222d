import { randomBytes } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import { auth } from "express-openid-connect";
import { html } from "hono/html";
import { decodeJwt } from "jose";
import { individual } from "../kit/index.ts";
import { facts, type page } from "./page.ts";
import type { WebAppOptions } from "./web-app.ts";

/** One registration of an app with the tenant. */
export interface Registered {
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Without a slash at the end; what lies below the app's own is `mount`. */
  readonly url: string;
  readonly mount: string;
}

/** What the app lends to the pages of a registration. */
export interface Pages {
  show(response: Response, status: number, heading: string, content: Parameters<typeof page>[2]): Promise<void>;
  /** What somebody sees who is not signed in. */
  guest(response: Response): Promise<void>;
  /** The cookie that says what led to a login last time. */
  readonly lastUsed: string;
}

/** Login, callback, logout and home of one registration. */
export function area(registered: Registered, options: WebAppOptions, pages: Pages): Router {
  const router = express.Router();
  router.use(signIn(registered, options, pages));
  // Auth0 sends people here too, for example with an invitation: https://auth0.com/docs/authenticate/login/auth0-universal-login/configure-default-login-routes
  router.get("/login", async (request, response) => {
    await response.oidc.login({ returnTo: `${registered.mount}/`, authorizationParams: asked(request) });
  });
  router.get("/", async (request, response) => {
    if (!request.oidc.isAuthenticated()) return pages.guest(response);
    const claims = request.oidc.idTokenClaims ?? {};
    // The first login of somebody gives a role, which only the next token holds.
    if (claims[`${options.claimNamespace}renew`] !== undefined) await request.oidc.accessToken?.refresh();
    await pages.show(response, 200, "You are in", await home(request, registered, options));
  });
  router.post("/renew", async (request, response) => {
    await request.oidc.accessToken?.refresh();
    response.redirect(303, `${registered.mount}/`);
  });
  return router;
}

function signIn(registered: Registered, options: WebAppOptions, { lastUsed }: Pages) {
  const { name, clientId, clientSecret, url, mount } = registered;
  const { directory, api, scopes } = options;
  return auth({
    issuerBaseURL: directory.issuer,
    baseURL: url,
    clientID: clientId,
    clientSecret,
    clientAuthMethod: "client_secret_post",
    secret: randomBytes(32).toString("hex"),
    authRequired: false,
    idpLogout: true,
    routes: { login: false, postLogoutRedirect: url.slice(0, url.length - mount.length) },
    // All apps of this machine share the name localhost, and so a browser's cookies.
    session: { name: `${name}-session`, cookie: { path: mount || "/" } },
    transactionCookie: { name: `${name}-login` },
    authorizationParams: {
      response_type: "code",
      audience: directory.apis[api]?.identifier,
      scope: `openid profile email offline_access ${scopes.join(" ")}`,
    },
    getLoginState: (request, { returnTo }) => ({
      returnTo,
      retried: request.query.retried === "yes",
      email: request.query.login_hint,
    }),
    afterCallback: (_, response, session) => {
      const { org_id: organization = individual } = decodeJwt(session.id_token);
      response.cookie(lastUsed, organization, { httpOnly: true, secure: true, sameSite: "lax" });
      return session;
    },
  });
}

/** What a login may be asked with, by the app itself or by Auth0. */
const parameters = ["organization", "login_hint", "prompt", "invitation", "connection", "screen_hint"];

function asked({ query }: Request): Record<string, string> {
  const given = parameters.map((name) => [name, query[name]] as const);
  return Object.fromEntries(given.filter((one): one is [string, string] => typeof one[1] === "string"));
}

async function home(request: Request, { mount }: Registered, options: WebAppOptions) {
  const { directory, claimNamespace, apiUrl, calls } = options;
  const claims = request.oidc.idTokenClaims ?? {};
  const token = request.oidc.accessToken?.access_token ?? "";
  const { permissions } = decodeJwt<{ permissions?: string[] }>(token);
  const organization = directory.organizations[String(claims.org_id)]?.displayName;
  const answer = await fetch(new URL(calls, apiUrl), { headers: { Authorization: `Bearer ${token}` } });
  return html`<div class="card" id="who">${facts({
    Name: textOf(claims.name),
    "E-mail": textOf(claims.email),
    Company: organization ?? "none, as an individual",
    Stage: textOf(claims[`${claimNamespace}stage`]),
    "May do": permissions?.join(", "),
    [`GET ${calls}`]: `${answer.status} ${await answer.text()}`,
  })}</div><form method="post" action="${mount}/renew"><button>Renew</button> <a class="button" href="${mount}/logout">Sign out</a></form>`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
