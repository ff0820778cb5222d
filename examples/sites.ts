import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { type Directory, readDirectory } from "../kit/index.ts";
import { api } from "./api.ts";
import { browserApp } from "./browser-app.ts";
import type { ExampleSettings } from "./settings.ts";
import { type WebAppOptions, webApp } from "./web-app.ts";

interface Site {
  readonly url: string;
  readonly answer: RequestListener;
}

const bookings = ["read:account", "update:account", "read:bookings", "create:bookings"];
const offers = ["read:offers", "update:offers", "read:stock", "update:stock"];

/** One app a kind: the main app, the portal, a vendor app on a server and one in the browser; and the API behind them. */
export async function sitesOf(settings: ExampleSettings): Promise<Record<string, Site>> {
  const directory = readDirectory(settings.directory);
  const { apiUrl, secrets } = settings;
  const web = (app: string, more: Pick<WebAppOptions, "title" | "secrets" | "api" | "scopes" | "calls">) => ({
    url: appOf(directory, app).url,
    answer: webApp({ app, directory, apiUrl, claimNamespace: settings.claimNamespace, ...more }) as RequestListener,
  });
  const inBrowser = await browserApp({ app: "vendor-rental", directory, apiUrl, scopes: offers });
  const rental = appOf(directory, "vendor-rental");
  return {
    main: web("main", {
      title: "Example Travel",
      secrets: { own: secrets.main, individuals: secrets["main-personal"] },
      api: "service",
      scopes: bookings,
      calls: "/bookings",
    }),
    portal: web("portal", {
      title: "API portal",
      secrets: { own: secrets.portal },
      api: "service",
      scopes: ["read:account", "read:api-keys", "manage:api-keys"],
      calls: "/api-keys",
    }),
    "vendor-catering": web("vendor-catering", {
      title: "Catering vendors",
      secrets: { own: secrets["vendor-catering"] },
      api: "vendor",
      scopes: offers,
      calls: "/offers",
    }),
    "vendor-rental": {
      url: rental.url,
      answer: getRequestListener(inBrowser.fetch),
    },
    api: { url: apiUrl, answer: getRequestListener(api(directory, [rental.url]).fetch) },
  };
}

/** @throws where the directory has no such app */
function appOf({ apps }: Directory, name: string): Directory["apps"][string] {
  const app = apps[name];
  if (!app) throw new Error(`The directory has no app ${name}.`);
  return app;
}
