import { afterAll, beforeAll, expect, test } from "vitest";
import { look } from "./looks.ts";
import { appAt } from "./own-site.ts";
import { BrowserStack } from "./stage.ts";

let stack: BrowserStack;

/** Milliseconds in which more than a hundred logins are played on a busy machine. */
const patience = 240_000;

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

test("the board is played before one's eyes, and each login on it tells how it went", () =>
  stack.play(async (scene) => {
    const { page } = await scene.person();
    await page.goto(`${scene.tenant}/.local/`);
    await page.getByRole("link", { name: "Who can sign in where" }).click();
    const row = page.getByRole("row", { name: "Carla Costa" });
    await row.getByRole("link").nth(4).waitFor({ timeout: patience });
    expect(await row.getByRole("link").allInnerTexts()).toEqual([
      "wrong_type with fresh-table",
      "in as an individual",
      "wrong_type with fresh-table",
      "in with fresh-table",
      "not_entitled with fresh-table",
    ]);
    await page.getByText("A code is the Action’s own").waitFor({ timeout: patience });
    expect(await look(page, "front-board")).toEqual([]);
    await row.getByRole("link", { name: "in with fresh-table", exact: true }).click();
    await page.getByRole("heading", { name: "Carla Costa at Catering vendors" }).waitFor();
    expect(await look(page, "front-play")).toEqual([]);
    await page.getByRole("link", { name: "Everybody else" }).click();
    await row.getByRole("link", { name: "not_entitled" }).click({ timeout: patience });
    await page.getByRole("heading", { name: "Carla Costa at Rental vendors" }).waitFor();
    expect(await look(page, "front-play-refused")).toEqual([]);
  }));
