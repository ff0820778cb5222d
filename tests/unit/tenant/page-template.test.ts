import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const path = "/branding/templates/universal-login";
const page = "<html><head>{%- auth0:head -%}</head><body>{%- auth0:widget -%}</body></html>";

const refused = (message: string) => ({
  status: 400,
  body: { statusCode: 400, error: "Bad Request", message, errorCode: "invalid_body" },
});

async function withDomain(): Promise<TestTenant> {
  const tenant = await TestTenant.fresh();
  await tenant.make("/custom-domains", { domain: "login.acme.com", type: "auth0_managed_certs" });
  return tenant;
}

test("a page template comes as a text or under a name, and is made once and then replaced", async () => {
  const tenant = await withDomain();
  expect(await tenant.call("PUT", path, JSON.stringify(page))).toEqual({ status: 201, body: {} });
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: { body: page } });
  const other = page.replaceAll("%-", "% ").replaceAll("-%", " %");
  expect(await tenant.call("PUT", path, { template: other })).toEqual({ status: 204, body: undefined });
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: { body: other } });
});

test("a page template is gone after its delete, which may be repeated", async () => {
  const tenant = await withDomain();
  await tenant.call("PUT", path, { template: page });
  expect((await tenant.call("DELETE", path)).status).toBe(204);
  expect((await tenant.call("DELETE", path)).status).toBe(204);
  expect(await tenant.call("GET", path)).toEqual({
    status: 404,
    body: {
      statusCode: 404,
      error: "Not Found",
      message: "Template does not exist.",
      errorCode: "inexistent_templates_universal_login",
    },
  });
});

test.each(["auth0:head", "auth0:widget"])("a page template without %s is refused", async (tag) => {
  const tenant = await withDomain();
  const words = "Payload content missing required Liquid tags (auth0:head and auth0:widget).";
  expect(await tenant.call("PUT", path, { template: page.replace(`{%- ${tag} -%}`, tag) })).toEqual(refused(words));
});

test("a page template has at most 102400 bytes", async () => {
  const tenant = await withDomain();
  const filled = page.padEnd(102_400, ".");
  expect((await tenant.call("PUT", path, { template: filled })).status).toBe(201);
  const words = "Payload content length greater than maximum allowed: 102400.";
  expect(await tenant.call("PUT", path, { template: `${filled}.` })).toEqual(refused(words));
  expect(await tenant.call("PUT", path, { template: `${filled.slice(0, -1)}é` })).toEqual(refused(words));
});

test("without a custom domain neither a page template nor markup of prompts is stored", async () => {
  const tenant = await TestTenant.fresh();
  const words = "This feature requires at least one custom domain to be configured for the tenant.";
  const answer = { status: 400, body: { statusCode: 400, error: "Bad Request", message: words } };
  expect(await tenant.call("PUT", path, { template: page })).toEqual(answer);
  expect(await tenant.call("PUT", "/prompts/signup/partials", { signup: { "form-content-start": "x" } })).toEqual(
    answer,
  );
  expect(await tenant.call("GET", "/prompts/signup/partials")).toEqual({ status: 200, body: {} });
});
