import { afterAll, beforeAll, expect, test } from "vitest";
import type { Switches } from "../../local/tenant/switches.ts";
import { type Examples, withExamples } from "./example-apps.ts";
import { look } from "./looks.ts";
import { BrowserStack } from "./stage.ts";
import { endOf, fact, visit } from "./visit.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

function play(story: (examples: Examples) => Promise<void>, switches: Partial<Switches> = {}): Promise<void> {
  return stack.play((scene) => withExamples(scene, story), switches);
}

const bruno = { as: "bruno@mail.example", pick: "Dune Crafts" };

test("who starts knowing nothing and goes on without the company ends in it by one retry", () =>
  play(
    async (examples) => {
      const answers = { as: "ann@acme.example", pick: "personal" };
      expect(await visit(examples, await examples.person(), "main", answers)).toEqual({
        ended: "in for Acme",
        pages: ["identifier", "provider", "picker"],
        asked: 2,
      });
    },
    { ONE_ORGANIZATION: "picker" },
  ));

test("an address at a company's domain leads to that company, without a picker", () =>
  play(
    async (examples) => {
      const answers = { says: "ann@acme.example", as: "ann@acme.example" };
      expect(await visit(examples, await examples.person(), "main", answers)).toEqual({
        ended: "in for Acme",
        pages: ["identifier", "provider"],
        asked: 1,
      });
    },
    { ONE_ORGANIZATION: "picker" },
  ));

test("a company's name leads to that company", () =>
  play(async (examples) => {
    const person = await examples.person();
    expect(await visit(examples, person, "main", { says: "dune-crafts", ...bruno })).toEqual({
      ended: "in for Dune Crafts",
      pages: ["identifier", "password"],
      asked: 1,
    });
  }));

test("who chose a company is not asked again, and signing out and renewing work", () =>
  play(async (examples) => {
    const person = await examples.person();
    expect((await visit(examples, person, "main", bruno)).pages).toEqual(["identifier", "password", "picker"]);
    await person.press(person.page.getByRole("button", { name: "Renew" }));
    expect(await endOf(person)).toBe("in for Dune Crafts");
    await person.press(person.page.getByRole("link", { name: "Sign out" }));
    expect(person.page.url()).toBe(`${examples.at("main")}/`);
    expect(await visit(examples, person, "main", bruno)).toEqual({
      ended: "in for Dune Crafts",
      pages: ["identifier", "password"],
      asked: 1,
    });
  }));

test("the first login gives the role, and the API takes the token at once", () =>
  play(async (examples) => {
    const person = await examples.person();
    await visit(examples, person, "main", { as: "lena@mail.example" });
    const said = person.page.locator("#who");
    expect(await fact(said, "May do").innerText()).toBe("read:account, update:account");
    expect(await fact(said, "GET /bookings").innerText()).toBe(
      '403 {"error":"insufficient_scope","reason":"read:bookings is missing"}',
    );
    const other = await examples.person();
    await visit(examples, other, "main", { as: "ann@acme.example" });
    expect(await fact(other.page.locator("#who"), "GET /bookings").innerText()).toBe('200 {"of":"acme"}');
  }));

test("an app in the browser renews its tokens, calls the API and signs out", () =>
  play(async (examples) => {
    const person = await examples.person();
    await visit(examples, person, "vendor-rental", { as: "ravi@wheelhouse.example" });
    const { page } = person;
    const [renewed] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith("/oauth/token")),
      page.getByRole("button", { name: "Renew" }).click(),
    ]);
    expect(renewed.status()).toBe(200);
    await page.getByText('200 {"of":"wheelhouse"}').waitFor();
    await person.press(page.getByRole("button", { name: "Sign out" }));
    await page.getByRole("button", { name: "Sign in" }).waitFor();
  }));

test("somebody of another kind of company is sent to the app for theirs, before any login", () =>
  play(async (examples) => {
    for (const app of ["vendor-catering", "vendor-rental"]) {
      const { page } = await examples.person();
      await page.goto(examples.at(app));
      await page.getByLabel("Work e-mail or company").fill("ann@acme.example");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.locator("#sentence").waitFor();
      expect(await page.locator("#code").innerText()).toBe("wrong_type");
      expect(await page.getByRole("link", { name: "Go to" }).getAttribute("href")).toBe(examples.at("main"));
    }
  }));

/** Each page of the example apps: who is in it, for which company, and why somebody of cedar is not. */
const pages = [
  { app: "main", inside: "ann@acme.example", company: "Acme", refusal: "wrong_type" },
  { app: "portal", inside: "ann@acme.example", company: "Acme", refusal: "not_entitled" },
  { app: "vendor-catering", inside: "carla@fresh-table.example", company: "Fresh Table", refusal: "wrong_type" },
  { app: "vendor-rental", inside: "ravi@wheelhouse.example", company: "Wheelhouse", refusal: "wrong_type" },
];

test.each(pages)("the pages of $app keep nobody from using them", ({ app, inside, company, refusal }) =>
  play(async (examples) => {
    const { page } = await examples.person();
    await page.goto(examples.at(app));
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await look(page, `app-${app}-welcome`)).toEqual([]);
    const person = await examples.person();
    const came = await visit(examples, person, app, { as: inside, organization: inside });
    expect(came.ended).toBe(`in for ${company}`);
    expect(await look(person.page, `app-${app}-inside`)).toEqual([]);
    const other = await examples.person();
    // to the main app by the address of a vendor, which is not for customers
    const says = app === "main" ? "fresh-table" : "";
    const refused = await visit(examples, other, app, { says, as: "gita@advice.example", organization: "cedar" });
    expect(refused.ended).toBe(refusal);
    expect(await look(other.page, `app-${app}-refused`)).toEqual([]);
  }),
);
