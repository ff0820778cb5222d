import { afterAll, beforeAll, expect, test } from "vitest";
import { withExamples } from "./example-apps.ts";
import type { Answers } from "./person.ts";
import { BrowserStack } from "./stage.ts";
import { type Fared, visit } from "./visit.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

/** Each of the story's people: what they answer at the prompts. The organization is what the portal asks for. */
const people: Readonly<Record<string, Answers>> = {
  Lena: { as: "lena@mail.example", organization: "lena@mail.example" },
  Pavel: { as: "pavel@mail.example", organization: "pavel@mail.example" },
  Dana: { as: "dana@mail.example", organization: "dana@mail.example" },
  Oscar: { as: "oscar@mail.example", organization: "oscar@mail.example" },
  Nadia: { as: "nadia@mail.example", organization: "dune-crafts" },
  Tarek: { as: "tarek@mail.example", organization: "dune-crafts" },
  Carla: { as: "carla@fresh-table.example", organization: "fresh-table" },
  Ravi: { as: "ravi@wheelhouse.example", organization: "wheelhouse" },
  Bruno: { as: "bruno@mail.example", organization: "dune-crafts", pick: "Dune Crafts" },
  Willa: { as: "willa@mail.example", organization: "wheelhouse" },
  Gita: { as: "gita@advice.example", organization: "cedar" },
  Ann: { as: "ann@acme.example", organization: "ann@acme.example" },
  Bea: { as: "bea@borealis.example", organization: "bea@borealis.example" },
  Cem: { as: "cem@cedar.example", organization: "cem@cedar.example" },
};

/** Who ends how in an app that is told nothing before the login. */
async function board(app: string): Promise<Record<string, string>> {
  return stack.play((scene) =>
    withExamples(scene, async (examples) => {
      const rows: Record<string, string> = {};
      for (const [name, answers] of Object.entries(people)) {
        const person = await examples.person();
        rows[name] = told(await visit(examples, person, app, { ...answers, factor: true }));
        await person.page.context().close();
      }
      return rows;
    }),
  );
}

function told({ ended, pages, asked }: Fared): string {
  return `${pages.join(", ")} → ${ended}${asked === 1 ? "" : `, asked ${asked} times`}`;
}

const none = "Signing in did not work. Please try again, or tell the operator.";

test("the main app lets in customers and individuals, a vendor's members as individuals by one retry; the picker is for who is in several", async () => {
  expect(await board("main")).toEqual({
    Lena: "identifier, password → in as an individual",
    Pavel: "identifier, password → in as an individual",
    Dana: "identifier, password → in as an individual",
    Oscar: "identifier, password → in as an individual",
    Nadia: "identifier, password → in for Dune Crafts",
    Tarek: "identifier, password → in for Dune Crafts",
    Carla: "identifier, password → in as an individual, asked 2 times",
    Ravi: "identifier, password → in as an individual, asked 2 times",
    Bruno: "identifier, password, picker → in for Dune Crafts",
    Willa: "identifier, password → in as an individual, asked 2 times",
    Gita: "identifier, password → in for Cedar",
    Ann: "identifier, provider → in for Acme",
    Bea: "identifier, provider → in for Borealis",
    Cem: "identifier, provider → in for Cedar",
  });
});

test("the portal lets in who is of a company with API access", async () => {
  expect(await board("portal")).toEqual({
    Lena: "organization → organization: There is no organization for lena@mail.example",
    Pavel: "organization → organization: There is no organization for pavel@mail.example",
    Dana: "organization → organization: There is no organization for dana@mail.example",
    Oscar: "organization → organization: There is no organization for oscar@mail.example",
    Nadia: "organization, identifier, password, enrollment → in for Dune Crafts",
    Tarek: "organization, identifier, password, enrollment → in for Dune Crafts",
    Carla: "organization, identifier, password → wrong_type",
    Ravi: "organization, identifier, password → wrong_type",
    Bruno: "organization, identifier, password, enrollment → in for Dune Crafts",
    Willa: "organization, identifier, password → wrong_type",
    Gita: "organization, identifier, password → not_entitled",
    Ann: "organization, identifier, provider → in for Acme",
    Bea: "organization, identifier, provider → not_entitled",
    Cem: "organization, identifier, provider → not_entitled",
  });
});

/** The two vendor apps differ in the kind of vendor, and in where they run. */
const vendors = {
  Lena: `identifier, password → ${none}`,
  Pavel: `identifier, password → ${none}`,
  Dana: `identifier, password → ${none}`,
  Oscar: `identifier, password → ${none}`,
  Nadia: "identifier, password → wrong_type",
  Tarek: "identifier, password → wrong_type",
  Gita: "identifier, password → wrong_type",
  Ann: "identifier, provider → wrong_type",
  Bea: "identifier, provider → wrong_type",
  Cem: "identifier, provider → wrong_type",
};

test("the app for catering lets in its kind of vendor", async () => {
  expect(await board("vendor-catering")).toEqual({
    ...vendors,
    Carla: "identifier, password → in for Fresh Table",
    Ravi: "identifier, password → not_entitled",
    Bruno: "identifier, password, picker → wrong_type",
    Willa: "identifier, password → not_entitled",
  });
});

test("the app for rental, in the browser, lets in its kind of vendor", async () => {
  expect(await board("vendor-rental")).toEqual({
    ...vendors,
    Carla: "identifier, password → not_entitled",
    Ravi: "identifier, password → in for Wheelhouse",
    Bruno: "identifier, password, picker → wrong_type",
    Willa: "identifier, password → in for Wheelhouse",
  });
});
