import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

test("the one email provider is configured once, shows no secret, and is gone after its delete", async () => {
  const tenant = await TestTenant.fresh();
  const absent = {
    status: 404,
    body: {
      statusCode: 404,
      error: "Not Found",
      message: "There is not a configured email provider",
      errorCode: "inexistent_email_provider",
    },
  };
  expect(await tenant.call("GET", "/emails/provider")).toEqual(absent);
  const credentials = { accessKeyId: "a", secretAccessKey: "b", region: "eu-west-1" };
  const given = { name: "ses", default_from_address: "a@acme.com", credentials };
  const shown = {
    name: "ses",
    enabled: true,
    default_from_address: "a@acme.com",
    credentials: { region: "eu-west-1" },
  };
  expect(await tenant.call("POST", "/emails/provider", given)).toEqual({ status: 201, body: shown });
  expect((await tenant.call("POST", "/emails/provider", given)).status).toBe(409);
  expect(await tenant.call("PATCH", "/emails/provider", { enabled: false })).toEqual({
    status: 200,
    body: { ...shown, enabled: false },
  });
  expect((await tenant.call("DELETE", "/emails/provider")).status).toBe(204);
  expect(await tenant.call("GET", "/emails/provider")).toEqual(absent);
});

test("an email template exists once and keeps its body as it was sent", async () => {
  const tenant = await TestTenant.fresh();
  const template = {
    template: "verify_email",
    body: "<b>{{ x }}</b>\n",
    from: "",
    subject: "",
    syntax: "liquid",
    enabled: true,
  };
  expect(await tenant.call("POST", "/email-templates", template)).toEqual({ status: 200, body: template });
  expect(await tenant.call("POST", "/email-templates", template)).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "Template verify_email already exists." },
  });
  expect((await tenant.call("PATCH", "/email-templates/verify_email", { subject: "Hello" })).body.subject).toBe(
    "Hello",
  );
  const { template: _name, ...rest } = template;
  expect(await tenant.call("PUT", "/email-templates/verify_email", rest)).toEqual({ status: 200, body: template });
});

test("factors and policies of multi-factor authentication are switched one by one", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("PUT", "/guardian/factors/otp", { enabled: true })).toEqual({
    status: 200,
    body: { enabled: true },
  });
  const { body } = await tenant.call("GET", "/guardian/factors");
  expect(body).toHaveLength(8);
  expect(body.filter((factor: { enabled: boolean }) => factor.enabled)).toEqual([
    { name: "otp", enabled: true, trial_expired: false },
  ]);
  expect((await tenant.call("PUT", "/guardian/policies", ["all-applications"])).body).toEqual(["all-applications"]);
  expect((await tenant.call("GET", "/guardian/policies")).body).toEqual(["all-applications"]);
});

test("a prompt's texts are replaced whole, by language", async () => {
  const tenant = await TestTenant.fresh();
  const path = "/prompts/login/custom-text/en";
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: {} });
  const texts = { login: { title: "Welcome" } };
  expect(await tenant.call("PUT", path, texts)).toEqual({ status: 200, body: texts });
  expect((await tenant.call("GET", "/prompts/login/custom-text/de")).body).toEqual({});
  expect((await tenant.call("PUT", "/prompts/nothing/custom-text/en", texts)).body.message).toBe(
    "Path validation error: 'No enum match for: nothing' on property prompt.",
  );
});

test("markup of a prompt is replaced whole, and a screen without any is as none", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/custom-domains", { domain: "login.acme.com", type: "auth0_managed_certs" });
  const path = "/prompts/signup/partials";
  const filled = { signup: { "form-content-start": "<b/>" } };
  expect(await tenant.call("PUT", path, filled)).toEqual({ status: 200, body: filled });
  expect(await tenant.call("PUT", path, { signup: {} })).toEqual({ status: 200, body: {} });
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: {} });
});

test("an email template that was never written is told of as a template", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("GET", "/email-templates/reset_email")).toEqual({
    status: 404,
    body: {
      statusCode: 404,
      error: "Not Found",
      message: "The template does not exist.",
      errorCode: "inexistent_email_template",
    },
  });
});
