import { afterAll, beforeAll, expect, test } from "vitest";
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
