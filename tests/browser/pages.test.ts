import { afterAll, beforeAll, expect, test } from "vitest";
import { everybodysPassword } from "../scenarios/story.ts";
import { look } from "./looks.ts";
import { appAt } from "./own-site.ts";
import type { Answers } from "./person.ts";
import { BrowserStack } from "./stage.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

/** Each page of a login: in which app it comes up, and what was answered before it. */
const shown: readonly (readonly [page: string, app: string, answers: Answers])[] = [
  ["identifier", "main", {}],
  ["password", "main", { as: "pavel@mail.example", password: "wrong" }],
  ["sign-up", "main", { signUp: true }],
  ["provider", "main", { as: "somebody@acme.example", provider: "nobody" }],
  ["picker", "main", { as: "bruno@mail.example" }],
  ["organization", "portal", { organization: "nobody" }],
  ["enrollment", "portal", { organization: "dune-crafts", as: "nadia@mail.example" }],
];

test.each(shown)("the page %s keeps nobody from using it, on a phone or a desktop", (name, app, answers) =>
  stack.play(async (scene) => {
    const visited = await appAt(scene, app);
    const person = await scene.person();
    await person.page.goto(visited.begin({}).href);
    const rested = await person.signIn(answers);
    expect(rested.stopped?.name).toBe(name);
    expect(await look(person.page, `login-${name}`)).toEqual([]);
  }),
);

test("the pages for consent and for an error keep nobody from using them either", () =>
  stack.play(async (scene) => {
    const app = await appAt(scene, "main");
    const person = await scene.person();
    await person.page.goto(app.begin({}).href);
    await person.signIn({ as: "pavel@mail.example", password: "wrong" });
    await person.page.getByLabel("Password").fill(everybodysPassword);
    await person.press(person.page.getByRole("button", { name: "Continue" }));
    expect(await person.page.getByRole("heading").innerText()).toBe("Authorize the app");
    expect(await look(person.page, "login-consent")).toEqual([]);
    await person.page.goto(`${scene.tenant}/authorize`);
    expect(await person.page.getByRole("heading").innerText()).toBe("Sign-in is not possible");
    expect(await look(person.page, "login-error")).toEqual([]);
  }));

const unusable = `<!doctype html><html><title>A page</title><main style="width: 1000px"><h1>A page</h1>
<input><p style="color: #bbb; background: #fff">Hardly to be read</p></main></html>`;

test("a page that keeps people from using it is told so, by rule and element, and where it does not fit", () =>
  stack.play(async (scene) => {
    const site = await scene.site((_, response) => void response.end(unusable));
    const { page } = await scene.person();
    await page.goto(site.origin);
    const found = [
      { rule: "color-contrast", impact: "serious", at: ["p"] },
      { rule: "html-has-lang", impact: "serious", at: ["html"] },
      { rule: "label", impact: "critical", at: ["input"] },
    ];
    const wide = { rule: "fits a phone", impact: "serious", at: [expect.stringMatching(/^10\d\d pixels$/)] };
    expect(await look(page, "unusable")).toEqual([wide, ...found, ...found]);
  }));
