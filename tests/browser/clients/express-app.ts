import express, { type ErrorRequestHandler, type Express } from "express";
import { attemptSilentLogin, auth, type ConfigParams } from "express-openid-connect";
import { knownApp } from "../../scenarios/places.ts";
import type { Person } from "../person.ts";
import type { BrowserScene } from "../stage.ts";
import { told } from "./meant.ts";
import { trust } from "./trust.ts";

/** The main app on Express, with Auth0's library for it as its README says: https://github.com/auth0/express-openid-connect */
export async function expressSite(scene: BrowserScene, more: ConfigParams = {}): Promise<string> {
  trust(scene.stage.ca);
  // the library has to know its own address, which is free once it is bound
  const running: { app?: Express } = {};
  const { origin, close } = await scene.site((request, response) => void running.app?.(request, response));
  await scene.move("main", { origin, close });
  const { audience, scope } = knownApp("main");
  const app = express();
  app.use(
    auth({
      issuerBaseURL: scene.tenant,
      baseURL: origin,
      clientID: await scene.hands.idOf("app", "main"),
      clientSecret: scene.stage.secrets.get("main") ?? "",
      secret: "what the cookies of this test are sealed with",
      authRequired: false,
      idpLogout: true,
      routes: { login: false },
      authorizationParams: { response_type: "code", audience, scope },
      ...more,
    }),
  );
  app.get("/login", (request, response) => {
    const authorizationParams = Object.fromEntries(new URL(request.url, origin).searchParams);
    return response.oidc.login({ returnTo: "/me", authorizationParams });
  });
  app.get("/me", (request, response) => {
    const { idTokenClaims: id = null, accessToken } = request.oidc;
    response.json({ id, access: accessToken?.access_token ?? null, refresh: request.oidc.refreshToken ?? null });
  });
  app.get("/renewed", async (request, response) => {
    await request.oidc.accessToken?.refresh();
    response.redirect("/me");
  });
  app.get("/home", attemptSilentLogin(), (_, response) => response.redirect("/me"));
  app.get("/", (_, response) => void response.json("bye"));
  app.use(shown);
  running.app = app;
  return origin;
}

const shown: ErrorRequestHandler = (thrown, _request, response, _next) => {
  const { status = 500, error, error_description } = thrown as Readonly<Record<string, unknown>>;
  response.status(Number(status)).json({ error, error_description });
};

/** What the app's page says. */
export async function said({ page }: Person): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await page.innerText("body"));
}

/** The tokens that the app's page shows, as `told` tells them; the refresh token as it is. */
export async function tokensOf(person: Person, began: number) {
  const { id, access, refresh } = await said(person);
  return { id: told(id, began), access: told(access, began), refresh };
}
