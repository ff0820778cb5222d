import { expect, test } from "vitest";
import { expectRefused, invalid, refusal } from "./refusals.ts";
import { requests, sdk } from "./tenant.ts";

const { rendering } = sdk.prompts;
const unset = {
  rendering_mode: "standard",
  context_configuration: [],
  default_head_tags_disabled: false,
  head_tags: [],
  filters: null,
  use_page_template: false,
};
const prompts = ["login", "login-id", "login-password", "signup", "signup-id"] as const;
const advanced = { rendering_mode: "advanced" } as const;

test("a screen has its defaults until it is set", async () => {
  expect(await rendering.get("consent", "consent")).toEqual({
    ...{ tenant: "localhost", prompt: "consent", screen: "consent" },
    ...unset,
  });
  expect(await rendering.update("consent", "consent", { use_page_template: true })).toEqual({
    use_page_template: true,
  });
  expect(await rendering.get("consent", "consent")).toEqual({
    ...{ tenant: "localhost", prompt: "consent", screen: "consent" },
    ...{ ...unset, use_page_template: true },
  });
});

test("screens that were set are listed over three pages", async () => {
  const configs = prompts.map((name) => ({ prompt: name, screen: name, ...advanced }));
  expect(await rendering.bulkUpdate({ configs })).toEqual({ configs });
  requests();
  const listed: unknown[] = [];
  for await (const screen of await rendering.list({ rendering_mode: "advanced", per_page: 2 })) listed.push(screen);
  expect(listed).toEqual(prompts.map((name) => ({ prompt: name, screen: name, ...unset, ...advanced })));
  expect(requests()).toHaveLength(3);
});

test("what a screen cannot be is refused", async () => {
  await expectRefused(
    rendering.update("consent", "consent", { rendering_mode: JSON.parse('"fancy"') }),
    invalid("No enum match for: fancy", "rendering_mode"),
  );
  await expectRefused(rendering.get("consent", "login"), refusal(404, "The prompt does not exist."));
});
