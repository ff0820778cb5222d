import { expect, test } from "vitest";
import { asObject, type Json } from "../../../local/plugin/management.ts";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { echoingApi } from "./echoing-api.ts";
import { lives, present } from "./lives.ts";
import { requests } from "./requests.ts";

const held = connected();

test("every kind of resource has its life here", () => {
  const kinds = [...resourceTypes().keys()].map((token) => /\/(\w+):/.exec(token)?.[1] ?? "").toSorted();
  expect(Object.keys(lives).toSorted()).toEqual(kinds);
  expect(Object.keys(requests).toSorted()).toEqual(kinds);
});

function keysOf(body: Json): string {
  if (body === null) return "";
  const names = Array.isArray(body)
    ? body.map((one) => (typeof one === "string" ? one : String(asObject(one).client_id)))
    : Object.entries(asObject(body)).map(([name, value]) => (value === null ? `${name}:null` : name));
  return Array.isArray(body) ? ` [${names.join(",")}]` : ` {${names.toSorted().join(",")}}`;
}

/** What was asked since the last look. */
function lines(): string[] {
  return held.fake.requests.splice(0).map(({ method, path, body }) => {
    const [route = "", query = ""] = path.split("?");
    const parameters = [...new URLSearchParams(query)].map((pair) => pair.join("=")).toSorted();
    const asked = parameters.length > 0 ? `?${parameters.join("&")}` : "";
    return `${method} ${decodeURIComponent(route)}${asked}${keysOf(body)}`;
  });
}

test.each(Object.keys(lives))("%s sends the provider's requests in each step of its life", async (kind) => {
  const type = typeOf(kind);
  const { inputs = {}, changes } = lives[kind] ?? {};
  const expected = requests[kind] ?? { read: [], create: [], delete: [] };
  const answer = echoingApi(present);
  held.fake.answer = ({ path, ...sent }) => answer({ ...sent, path: decodeURIComponent(path) });
  held.fake.requests.length = 0;

  const made = await type.create(held.api, inputs);
  expect(lines()).toEqual([...expected.create, ...expected.read]);
  const found = await type.read(held.api, made.id, plain(made.properties));
  expect(lines()).toEqual(expected.read);
  await type.read(held.api, made.id);
  expect(lines()).toEqual(expected.import ?? expected.read);
  let state = plain(found?.properties ?? {});
  if (changes) {
    state = plain((await type.update(held.api, made.id, state, { ...inputs, ...changes })).properties);
    expect(lines()).toEqual([...(expected.update ?? []), ...expected.read]);
  }
  await type.delete(held.api, made.id, state);
  expect(lines()).toEqual(expected.delete);
});
