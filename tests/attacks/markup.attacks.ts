import { company } from "../scenarios/story.ts";
import { formed } from "../unit/tenant/authentication/raw.ts";
import type { Attack, Doing } from "./attack.ts";
import { escaped } from "./guards.ts";
import type { Scene } from "./scene.ts";

// Text of strangers on pages and in answers: it is shown, and does nothing.

const markup = "<i>marked</i>";
const plain = "marked";

/** Whether a page or an answer holds a text as it was given. */
const holds =
  (text: string, page: (scene: Scene, text: string) => Promise<string>): Doing =>
  async (scene) =>
    (await page(scene, text)).includes(text) ? "as it was given" : "as text";

const get = async (scene: Scene, url: URL, cookie = ""): Promise<string> =>
  (await scene.ask({ path: `${url.pathname}${url.search}`, headers: { cookie } })).text;

/** The page that a login shows once an address, and a password, were given. */
async function pageAfter(scene: Scene, username: string, password?: string): Promise<string> {
  const url = await scene.request("main");
  const first = await scene.ask({ path: `${url.pathname}${url.search}` });
  let [cookie = ""] = (first.cookies[0] ?? "").split(";");
  const state = new URL(first.location ?? "", url).searchParams.get("state") ?? "";
  let last = await scene.ask(formed("/u/login/identifier", { state, username }, { cookie }));
  if (password !== undefined) {
    last = await scene.ask(formed("/u/login/password", { state, username, password }, { cookie }));
    cookie += `; ${(last.cookies[0] ?? "").split(";")[0]}`;
  }
  return get(scene, new URL(last.location ?? "", url), cookie);
}

const answered =
  (app: string, mode: string) =>
  async (scene: Scene, state: string): Promise<string> =>
    get(scene, await scene.request(app, { response_mode: mode, prompt: "none", state }));

const named = (display_name: string) => company("dune-crafts", { display_name });

interface Place {
  readonly title: string;
  readonly guard: Attack["guard"];
  readonly page: (scene: Scene, text: string) => Promise<string>;
}

const places: readonly Place[] = [
  {
    title: "has the error page say something in the tenant's name",
    guard: escaped("pages/error.ts", `\${wrong.description}`, "wrong.description"),
    page: async (scene, text) => get(scene, await scene.request("main", { client_id: text })),
  },
  {
    title: "names an organization so that its login page says more",
    guard: escaped("pages/layout.ts", `<p>\${intro}</p>`, "intro"),
    page: async (scene, text) => {
      await scene.hands.change(named(text));
      const url = await scene.request("main", { organization: "{org:dune-crafts}" });
      const first = await scene.ask({ path: `${url.pathname}${url.search}` });
      return get(scene, new URL(first.location ?? "", url), (first.cookies[0] ?? "").split(";")[0]);
    },
  },
  {
    title: "names an organization so that the picker says more",
    guard: escaped("pages/login.ts", `name="organization" value="\${id}">\${shown.nameOf(id)}<`, "shown.nameOf(id)"),
    page: async (scene, text) => {
      await scene.hands.change(named(text));
      return pageAfter(scene, "bruno@mail.example", "Loopback-Only-1");
    },
  },
  {
    title: "types an address that the password's page shows",
    guard: escaped("pages/login.ts", `<span>\${identifier}</span>`, "identifier"),
    page: async (scene, text) => (await pageAfter(scene, `${text}@mail.example`)).replace(/value="[^"]*"/g, ""),
  },
  {
    title: "puts a state into a form that goes to the app",
    guard: escaped("replies.ts", `value="\${value}"`, "value"),
    page: answered("main", "form_post"),
  },
  {
    title: "puts a state into a script that goes to the app's page",
    guard: {
      source: "local/tenant/authentication/replies.ts",
      line: `const data = JSON.stringify({ type: "authorization_response", response }).replaceAll("<", "\\\\u003c");`,
      becomes: `const data = JSON.stringify({ type: "authorization_response", response });`,
    },
    page: answered("vendor-rental", "web_message"),
  },
];

export const markups: readonly Attack[] = places.map(({ title, guard, page }) => ({
  title,
  guard,
  attack: holds(markup, page),
  refused: "as text",
  gains: "as it was given",
  twin: holds(plain, page),
}));
