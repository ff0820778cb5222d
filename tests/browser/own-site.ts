import { App } from "../scenarios/app.ts";
import { knownApp } from "../scenarios/places.ts";
import type { BrowserScene } from "./stage.ts";

/** An app of the stack at a site of its own, which shows nothing but a heading. */
export async function appAt(scene: BrowserScene, name: string): Promise<App> {
  const site = await scene.site((_, response) => void response.end("<h1>The app</h1>"));
  await scene.move(name, site);
  const { audience, scope } = knownApp(name);
  const { issuer, ca, secrets } = scene.stage;
  const clientId = await scene.hands.idOf("app", name);
  const redirectUri = `${site.origin}/callback`;
  return new App({ issuer, ca, clientId, secret: secrets.get(name), redirectUri, audience, scope });
}
