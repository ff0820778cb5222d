import { expect, test } from "vitest";
import { screens } from "../../../local/tenant/entities/prompt-screens.ts";
import { TestTenant } from "./harness.ts";

const path = "/prompts/signup/screen/signup/rendering";
const standard = {
  rendering_mode: "standard",
  context_configuration: [],
  default_head_tags_disabled: false,
  head_tags: [],
  filters: null,
  use_page_template: false,
};
const advanced = {
  rendering_mode: "advanced",
  context_configuration: ["branding.settings", "client.metadata.color"],
  head_tags: [{ tag: "script", attributes: { src: "https://acme.com/x.js", defer: true }, content: "" }],
  filters: { match_type: "includes_any", clients: [{ id: "c" }, { metadata: { kind: "app" } }] },
};
const signup = { prompt: "signup", screen: "signup" };

test("a screen is rendered by the standard until something is set, and says where it is", async () => {
  const tenant = await TestTenant.fresh();
  const place = { tenant: "localhost", ...signup };
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: { ...place, ...standard } });
  expect(await tenant.call("PATCH", path, advanced)).toEqual({ status: 200, body: advanced });
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: { ...place, ...standard, ...advanced } });
});

test("an update replaces what it names; null sets back and is in no answer", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.call("PATCH", path, advanced);
  expect(await tenant.call("PATCH", path, { filters: null, head_tags: null, use_page_template: true })).toEqual({
    status: 200,
    body: { use_page_template: true },
  });
  const { rendering_mode, context_configuration } = advanced;
  expect((await tenant.call("GET", path)).body).toEqual({
    tenant: "localhost",
    ...signup,
    ...standard,
    rendering_mode,
    context_configuration,
    use_page_template: true,
  });
});

test("several screens are set at once, and lists hold those that were set", async () => {
  const tenant = await TestTenant.fresh();
  const login = { prompt: "login", screen: "login" };
  const configs = [
    { ...signup, ...advanced },
    { ...login, use_page_template: true, filters: null },
  ];
  const written = [configs[0], { ...login, use_page_template: true }];
  expect(await tenant.call("PATCH", "/prompts/rendering", { configs })).toEqual({
    status: 200,
    body: { configs: written },
  });
  expect(await tenant.call("PATCH", "/prompts/logout/screen/logout/rendering", {})).toEqual({ status: 200, body: {} });
  const listed = [
    { ...signup, ...standard, ...advanced },
    { ...login, ...standard, use_page_template: true },
  ];
  const list = (query: string) => tenant.call("GET", `/prompts/rendering${query}`);
  expect(await list("?include_totals=true&per_page=100&page=0")).toEqual({
    status: 200,
    body: { configs: listed, start: 0, limit: 100, total: 2 },
  });
  expect((await list("?rendering_mode=advanced")).body).toEqual([listed[0]]);
  expect((await list("?prompt=login&screen=login")).body).toEqual([listed[1]]);
  expect((await list("?fields=screen,rendering_mode")).body).toEqual([
    { screen: "signup", rendering_mode: "advanced" },
    { screen: "login", rendering_mode: "standard" },
  ]);
  expect((await list("?fields=filters")).status).toBe(400);
});

test("a screen of another prompt, or of none, is refused, and then nothing of several is set", async () => {
  const tenant = await TestTenant.fresh();
  const unknown = {
    status: 404,
    body: { statusCode: 404, error: "Not Found", message: "The prompt does not exist." },
  };
  expect(await tenant.call("GET", "/prompts/login/screen/signup/rendering")).toEqual(unknown);
  const configs = [signup, { prompt: "login", screen: "signup" }].map((at) => ({ ...at, rendering_mode: "advanced" }));
  expect(await tenant.call("PATCH", "/prompts/rendering", { configs })).toEqual(unknown);
  expect((await tenant.call("GET", "/prompts/rendering")).body).toEqual([]);
  expect((await tenant.call("GET", "/prompts/login/screen/nothing/rendering")).body.message).toBe(
    "Path validation error: 'No enum match for: nothing' on property screen.",
  );
});

test("each screen belongs to one prompt", () => {
  const all = Object.values(screens).flat();
  expect({ prompts: Object.keys(screens).length, screens: all.length, different: new Set(all).size }).toEqual({
    prompts: 36,
    screens: 89,
    different: 89,
  });
});
