import { expect, test } from "vitest";
import type { Json } from "../../../local/plugin/management.ts";
import { IncompleteError } from "../../../local/plugin/provider.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { refusal } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("promptCustomText");

/** Texts as the API keeps them: one object a prompt and language. */
function keepTexts(): Map<string, Json> {
  const kept = new Map<string, Json>();
  held.fake.answer = ({ method, path, body }) => {
    if (method === "PUT") kept.set(path, body);
    return { status: 200, body: kept.get(path) ?? {} };
  };
  return kept;
}

const texts = { login: { title: "Welcome <b>& more", description: "Sign in", nested: { z: [1, {}], a: null } } };
/** Keys in order, four spaces a level, signs of a web page escaped. */
const NORMAL = `{
    "login": {
        "description": "Sign in",
        "nested": {
            "a": null,
            "z": [
                1,
                {}
            ]
        },
        "title": "Welcome \\u003cb\\u003e\\u0026 more"
    }
}`;

test("the texts of a prompt in one language are put, read back in one form, and emptied at the end", async () => {
  keepTexts();
  const inputs = { prompt: "login", language: "pt-BR", body: JSON.stringify(texts) };
  const made = await type.create(held.api, inputs);
  expect(made).toEqual({
    id: "login::pt-BR",
    properties: { id: "login::pt-BR", prompt: "login", language: "pt-BR", body: NORMAL },
  });
  await type.delete(held.api, made.id, plain(made.properties));
  expect(held.fake.requests.slice(-4)).toEqual([
    { method: "PUT", path: "prompts/login/custom-text/pt-BR", body: texts },
    { method: "GET", path: "prompts/login/custom-text/pt-BR", body: null },
    { method: "PUT", path: "prompts/login/custom-text/pt-BR", body: {} },
    { method: "GET", path: "prompts/login/custom-text/pt-BR", body: null },
  ]);
});

test("texts that only differ in form change nothing, other texts do", () => {
  const olds = { id: "login::en", prompt: "login", language: "en", body: NORMAL };
  const changesTo = (body: string) => [...type.diff("login::en", olds, { ...olds, body }, []).changes];
  expect(changesTo(JSON.stringify(texts, null, 2))).toEqual([]);
  expect(changesTo('{"login":{"title":"Hi"}}')).toEqual([["body", { kind: "update", replaces: false }]]);
});

test("another prompt is written in place: the texts of the one before stay", async () => {
  const kept = keepTexts();
  kept.set("prompts/login/custom-text/en", texts);
  const olds = { prompt: "login", language: "en", body: NORMAL };
  const changed = await type.update(held.api, "login::en", olds, { prompt: "signup", language: "en", body: "{}" });
  expect(changed).toEqual({
    id: "login::en",
    properties: { id: "login::en", prompt: "signup", language: "en", body: "{}" },
  });
  expect(Object.fromEntries(kept)).toEqual({
    "prompts/login/custom-text/en": texts,
    "prompts/signup/custom-text/en": {},
  });
});

test("an empty body writes nothing at all", async () => {
  keepTexts();
  const made = await type.create(held.api, { prompt: "login", language: "en", body: "" });
  expect(made.properties).toEqual({ id: "login::en", prompt: "login", language: "en", body: "" });
  expect(held.fake.lines()).toEqual([]);
});

test.each(["[1]", "5", '"text"'])("a body of %s is refused before a request", async (body) => {
  const failed = await type
    .create(held.api, { prompt: "login", language: "en", body })
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(IncompleteError);
  expect(failed).toMatchObject({ cause: new Error("body must be a JSON object of texts by screen") });
  expect(held.fake.lines()).toEqual([]);
});

test("prompt, language and body are each refused by their own rule", () => {
  const news = { prompt: "lobby", language: "xx", body: "{" };
  const { failures } = type.check(news, undefined, { resourceName: "texts", seed: new Uint8Array() });
  expect(failures).toHaveLength(3);
  expect(failures[0]).toBe(
    "\"body\" contains an invalid JSON: unexpected end of JSON input. Examine values at 'texts.body'.",
  );
  expect(failures[1]).toMatch(
    /^expected language to be one of \["am" .*"zh-TW"\], got xx\. Examine values at 'texts\.language'\.$/,
  );
  expect(failures[2]).toMatch(
    /^expected prompt to be one of \["login" .*\], got lobby\. Examine values at 'texts\.prompt'\.$/,
  );
});

test("an import reads by prompt and language; an id of another form is nothing", async () => {
  keepTexts().set("prompts/login/custom-text/en", { login: { title: "Hi" } });
  expect(await type.read(held.api, "login::en")).toMatchObject({
    id: "login::en",
    properties: { prompt: "login", language: "en", body: '{\n    "login": {\n        "title": "Hi"\n    }\n}' },
  });
  expect(await type.read(held.api, "login")).toBeNull();
  expect(held.fake.lines()).toEqual(["GET prompts/login/custom-text/en"]);
});

test("texts that are gone are dropped by a refresh", async () => {
  held.fake.answer = () => refusal(404, "Not Found", "No such prompt");
  expect(await type.read(held.api, "login::en", { prompt: "login", language: "en", body: NORMAL })).toBeNull();
});
