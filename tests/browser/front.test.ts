import { afterAll, beforeAll, expect, test } from "vitest";
import { look } from "./looks.ts";
import { appAt } from "./own-site.ts";
import { BrowserStack } from "./stage.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

test("the front page shows who and what is there, and keeps nobody from using it", () =>
  stack.play(async (scene) => {
    const { page } = await scene.person();
    await page.goto(`${scene.tenant}/.local/`);
    for (const name of ["Main app", "Dune Crafts", "Willa Weber", "Ann Abel", "Bea Berg"])
      expect(await page.getByText(name).count(), name).toBeGreaterThan(0);
    expect(await look(page, "front-overview")).toEqual([]);
  }));

test("logins that came to an end are shown with the rules that decided them", () =>
  stack.play(async (scene) => {
    const app = await appAt(scene, "main");
    for (const as of ["pavel@mail.example", "carla@fresh-table.example"]) {
      const person = await scene.person();
      await person.page.goto(app.begin({}).href);
      expect((await person.signIn({ as })).pages).toEqual(["identifier", "password"]);
    }
    const { page } = await scene.person();
    await page.goto(`${scene.tenant}/.local/played`);
    expect(await page.getByRole("heading", { level: 2 }).allInnerTexts()).toEqual([
      "Carla Costa at Main app",
      "Pavel Novak at Main app",
    ]);
    expect(await page.getByText("wrong_type: ").count()).toBe(1);
    expect(await look(page, "front-logins")).toEqual([]);
  }));

test("a mail that was sent is shown, and its link leads on", () =>
  stack.play(async (scene) => {
    const app = await appAt(scene, "main");
    const person = await scene.person();
    const { page } = person;
    await page.goto(app.begin({}).href);
    await page.getByLabel("Email address").fill("pavel@mail.example");
    await person.press(page.getByRole("button", { name: "Continue" }));
    await person.press(page.getByRole("link", { name: "Forgot password?" }));
    await person.press(page.getByRole("button", { name: "Continue" }));
    await page.goto(`${scene.tenant}/.local/mails`);
    expect(await look(page, "front-mails")).toEqual([]);
    await page.getByRole("link", { name: "to pavel@mail.example" }).click();
    await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
    expect(await look(page, "login-reset")).toEqual([]);
  }));
