import { createServer } from "node:net";
import { join } from "node:path";
import { type ExampleSettings, secretsBy } from "../../examples/settings.ts";
import { type Directory, readDirectory } from "../../kit/index.ts";
import { claimNamespaceOf, startExampleApps, stopExamples } from "../../local/commands/examples.ts";
import { localFolder } from "../../local/engine/folder.ts";
import { root } from "../harness/stack-settings.ts";
import { client } from "../scenarios/story.ts";
import { OpenBrowser, type sizes } from "./open.ts";
import { Person } from "./person.ts";
import type { BrowserScene } from "./stage.ts";
import { keyOfServer } from "./trusted-keys.ts";

/** The example apps, and people at a browser that knows them. */
export interface Examples {
  /** The address of each by name, without a slash at the end. */
  at(app: string): string;
  person(size?: keyof typeof sizes): Promise<Person>;
}

/** Plays with the example apps running, each on a free port; they are gone afterwards. */
export async function withExamples<Result>(
  scene: BrowserScene,
  story: (examples: Examples) => Promise<Result>,
): Promise<Result> {
  const { stage, tenant, providers } = scene;
  const local = localFolder(scene.caDir);
  const settings = await settingsOf(scene);
  try {
    const places = new Map<string, string>();
    for (const { name, url, fault } of await startExampleApps(local, settings)) {
      if (fault !== undefined) throw new Error(fault);
      places.set(name, url);
    }
    const at = (app: string) => places.get(app) ?? "";
    // the apps share one certificate, which is made when they start
    const keys = await Promise.all([tenant, providers, at("api")].map((server) => keyOfServer(stage.ca, server)));
    const browser = await OpenBrowser.open(keys);
    try {
      const person = async (size?: keyof typeof sizes) =>
        new Person(await (await browser.context(size)).newPage(), { tenant, providers });
      return await story({ at, person });
    } finally {
      await browser.close();
    }
  } finally {
    await stopExamples(local);
  }
}

/** As `make up` hands them over, but for the ports. */
async function settingsOf(scene: BrowserScene): Promise<ExampleSettings> {
  const { caDir, hands, stage } = scene;
  const known = readDirectory(scene.directory);
  const moved: [string, Directory["apps"][string]][] = [];
  for (const [name, app] of Object.entries(known.apps)) {
    const url = `https://localhost:${await freePort()}`;
    await hands.change(client(name, placesAt(url, "")));
    const { individuals } = app;
    const path = individuals?.url.slice(app.url.length) ?? "";
    if (individuals) await hands.change(client(`${name}-personal`, placesAt(url, path)));
    moved.push([name, { ...app, url, ...(individuals && { individuals: { ...individuals, url: `${url}${path}` } }) }]);
  }
  return {
    caDir,
    directory: { ...known, apps: Object.fromEntries(moved) },
    secrets: secretsBy((app) => stage.secrets.get(app) ?? ""),
    claimNamespace: claimNamespaceOf(join(root, "Pulumi.local.yaml")),
    apiUrl: `https://localhost:${await freePort()}`,
  };
}

function placesAt(url: string, path: string): object {
  return { callbacks: [`${url}${path}/callback`], allowed_logout_urls: [url], web_origins: [url] };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof bound !== "object" || bound === null) throw new Error("no port is free");
  return bound.port;
}
