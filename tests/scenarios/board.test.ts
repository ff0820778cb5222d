import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overTls } from "../../local/player/over-tls.ts";
import { pageFrom } from "../../local/player/page.ts";
import { root } from "../harness/stack-settings.ts";
import { DeployedStack } from "./world.ts";

let stack: DeployedStack;

beforeAll(async () => {
  stack = await DeployedStack.up();
});

afterAll(() => stack?.close());

/** The table of docs/logins.md: who → app by app, the ends of a login. */
function said(): Map<string, string[][]> {
  const [, section = ""] = readFileSync(join(root, "docs/logins.md"), "utf8").split("## Who can sign in where\n");
  const rows = section
    .split("\n## ")[0]
    ?.split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) => line.split("|").slice(1, -1));
  return new Map(
    (rows ?? []).flatMap(([names = "", ...cells]) =>
      names
        .trim()
        .split(", ")
        .map((name): [string, string[][]] => [
          name.replaceAll("`", ""),
          cells.map((cell) => endsIn(cell.trim().replace(/\*\*|`/g, ""))),
        ]),
    ),
  );
}

const endsIn = (cell: string) => cell.split("; ").sort();

/** What the table calls the ends at which the board stops, or hears the protocol's own code. */
const words: Readonly<Record<string, string>> = {
  "stops at “Find your organization”": "no company found",
  "stops at “Enter your password”": "no password",
  invalid_request: "no company",
};

/** The board: who → app by app, the ends of a login, in the words of the table. */
function shown(html: string): Map<string, string[][]> {
  const rows = [...html.matchAll(/<tr><th scope="row">(.*?)<small>(.*?)<\/small><\/th>(.*?)<\/tr>/gs)];
  return new Map(
    rows.map(([, name = "", , cells = ""]) => [
      name,
      [...cells.matchAll(/<td.*?<\/td>/gs)].map(([cell]) =>
        [...cell.matchAll(/<a class="way \w+" href="[^"]*">(.*?)<\/a>/g)]
          .map(([, end = ""]) => words[end] ?? end)
          .sort(),
      ),
    ]),
  );
}

const colleagues: Readonly<Record<string, readonly string[]>> = {
  "anybody at acme.example": ["Ann Abel", "Adam Aziz"],
  "anybody at borealis.example": ["Bea Berg", "Boris Braun"],
  "anybody at cedar.example": ["Cem Celik"],
};

/** Of whom a company's provider says what it must not say. */
const strangers: Readonly<Record<string, string>> = {
  Mallory: "acme",
  "Lena, as Acme says": "acme",
  "Milo Marsh": "borealis",
  "Nora Nagy": "borealis",
  Olga: "borealis",
};

test("the front's board has for everybody what the page of logins says, by logins that are played", () =>
  stack.play(
    {},
    async (_, { issuer, ca }) => {
      const { status, html } = await overTls(ca)(new URL(`${issuer}.local/board`), {
        method: "GET",
        headers: {},
        body: "",
      });
      expect(status).toBe(200);
      const board = shown(html);
      for (const [who, cells] of said()) {
        const people = colleagues[who] ?? [...board.keys()].filter((name) => name.split(" ")[0] === who);
        expect(people.length, who).toBeGreaterThan(0);
        for (const name of people) expect(board.get(name), name).toEqual(cells);
      }
      for (const [name, company] of Object.entries(strangers)) {
        const refused = [`domain_mismatch with ${company}`];
        expect(board.get(name), name).toEqual([refused, ["no password"], refused, refused, refused]);
      }
    },
    stack.startWithFront,
  ));

/** What a play of somebody at an app shows, as a person reads it, and as it is written. */
async function played(issuer: string, ca: string, query: Readonly<Record<string, string>>) {
  const url = new URL(`.local/play?${new URLSearchParams(query)}`, issuer);
  const { html } = await overTls(ca)(url, { method: "GET", headers: {}, body: "" });
  const { title, items } = pageFrom(url, 200, html);
  return { title, items: items.slice(4), html }; // past the navigation
}

test("a play shows what was met, what the Actions said and the tokens, and leaves the tenant as it was", () =>
  stack.play(
    {},
    async ({ hands }, { issuer, ca }) => {
      const ask = { method: "GET", headers: {}, body: "" } as const;
      const log = async (name: string) => (await overTls(ca)(new URL(`.local/${name}`, issuer), ask)).html;
      const held = async () => ({
        logs: await Promise.all(["logins", "actions", "mail"].map(log)),
        users: await hands.read("users?per_page=100"),
        members: await hands.read(`organizations/${await hands.idOf("org", "acme")}/members`),
      });
      const before = await held();
      const app = await hands.idOf("app", "main");
      const { title, items, html } = await played(issuer, ca, { person: "acme/acme-1", app });
      expect(await held()).toEqual(before);
      expect(title).toBe("Ann Abel at Main app");
      expect(items.slice(0, 5)).toEqual([
        "Main app sent Ann Abel to the tenant.",
        "Welcome : typed ann@acme.example.",
        "Sign in at Acme : said to be ann@acme.example.",
        "Authorize the app : agreed.",
        "Back at the app: https://localhost:3000/callback?code=…&state=…",
      ]);
      expect(items.filter((one) => one.startsWith("post-login"))).toEqual(["post-login version 1 passed post-login"]);
      expect(html).toContain("<strong>In with acme</strong>");
      const [id, access] = [...html.matchAll(/<pre[^>]*>(\{.*?)<\/pre>/gs)].map(([, json = ""]) =>
        JSON.parse(json.replaceAll("&quot;", '"').replaceAll("&amp;", "&")),
      );
      const org = { org_id: await hands.idOf("org", "acme"), "https://travel.example/claims/org_type": "customer" };
      expect(id).toMatchObject({ email: "ann@acme.example", aud: app, ...org });
      expect(access).toMatchObject({
        azp: app,
        permissions: ["create:bookings", "read:account", "read:bookings", "update:account"],
        ...org,
      });
      expect(html).not.toMatch(/eyJ/);
    },
    stack.startWithFront,
  ));

test("a play of a refusal shows it as the app gets it, with the Action's own words and the choice that led there", () =>
  stack.play(
    {},
    async ({ hands }, { issuer, ca }) => {
      const [person, app] = [await hands.idOf("user", "bruno@mail.example"), await hands.idOf("app", "main")];
      const open = await played(issuer, ca, { person, app });
      expect(open.items.slice(0, 3)).toEqual(["Continue with your personal account", "Dune Crafts", "Fresh Table"]);
      const { items, html } = await played(issuer, ca, { person, app, choice: "Fresh Table" });
      expect(html).toContain("<strong>wrong_type with fresh-table</strong>");
      const reason = "wrong_type: This application is not for this kind of company.";
      expect(items.slice(3, 5)).toEqual([
        "Select an organization : chose “Fresh Table”.",
        `Back at the app: https://localhost:3000/callback?error=access_denied&error_description=${reason}&state=…`,
      ]);
      expect(items.at(-1)).toMatch(/^post-login version 1 denied post-login /);
    },
    stack.startWithFront,
  ));

test("who has an authenticator app is asked for a code, and who has none adds one", () =>
  stack.play(
    {},
    async (play, { issuer, ca }) => {
      const [person, app] = [
        await play.hands.idOf("user", "nadia@mail.example"),
        await play.hands.idOf("app", "portal"),
      ];
      const met = async () => (await played(issuer, ca, { person, app })).items[4];
      expect(await met()).toBe("Secure your account : added an authenticator app and gave its code.");
      await play.act({ app: "portal", as: "nadia@mail.example", organization: "dune-crafts", factor: true });
      expect(await met()).toBe("Verify your identity : gave a one-time code.");
    },
    stack.startWithFront,
  ));
