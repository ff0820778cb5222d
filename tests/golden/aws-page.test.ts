import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { targetsOf } from "../../cli/customer/targets.ts";
import { connectedTenant, declare } from "../../cli/declared/declare.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { loadSettings } from "../../stacks/load.ts";
import { isMap } from "../../stacks/schema/strict.ts";
import { rawConfig, readStackFile } from "../../stacks/stack-file.ts";
import { withAws } from "../harness/aws/settings.ts";
import { root } from "../harness/stack-settings.ts";
import { declared as declaredBootstrap } from "../unit/bootstrap/prod.ts";
import { changed, refusedAnswers, refusedSettings } from "./cost/faults.ts";
import { loads } from "./cost/load.ts";
import { costOf, isOfAws } from "./cost/model.ts";
import { assumptions, costs, everyEvent, freeOnes, listPrices } from "./cost/tables.ts";

const file = join(root, "docs/aws.md");
const page = readFileSync(file, "utf8");
const [, yaml = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
const block: unknown = parse(yaml).config["auth0-b2b:aws"];

/** The page with what stands between `<!-- name -->` and `<!-- end -->` in place of what it has there. */
function filled(parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [, before, after] = new RegExp(`^(.*<!-- ${name} -->).*?(<!-- end -->.*)$`, "s").exec(text) ?? [];
    if (before === undefined || after === undefined) throw new Error(`docs/aws.md: no place for ${name}`);
    return before + part + after;
  }, page);
}

const apart = (part: string) => `\n\n${part}\n\n`;
const quoted = (lines: readonly string[]) => apart(`\`\`\`text\n${lines.join("\n")}\n\`\`\``);

test("the page has what the program says to faults, and what is computed from what stack prod declares", async () => {
  const declared = await declare(() => declareTenant(withAws("prod"), connectedTenant), { stack: "prod" });
  const bootstrap = await declaredBootstrap();
  const page = filled({
    refused: quoted(refusedSettings(block)),
    asked: quoted(await refusedAnswers(block)),
    costs: apart(costs(loads.map((load) => [...costOf(declared, load), ...costOf(bootstrap, load)]))),
    "every event": everyEvent(),
    assumptions: apart(assumptions()),
    prices: apart(listPrices()),
    free: apart(freeOnes()),
  });
  await expect(page).toMatchFileSnapshot(file);
});

test.each(["dev", "staging", "prod"])(
  "the page's setting is accepted by stack %s, in place of the setting mail",
  (stack) => {
    const { mail: _, ...values } = readStackFile(root, stack).values;
    const { aws } = loadSettings({ config: rawConfig({ ...values, aws: block }), stack, root });
    expect(aws).toEqual({ ...Object(block), tags: { program: "auth0-b2b", environment: stack } });
  },
);

/** Every key of an object and of those in it. */
function keysOf(value: unknown, children: (value: object) => unknown, path = "aws"): string[] {
  const inside = isMap(value) ? children(value) : undefined;
  if (!isMap(inside)) return [path];
  return Object.entries(inside).flatMap(([key, one]) => keysOf(one, children, `${path}.${key}`));
}

test("the page's setting has every key that there is", () => {
  const schema = JSON.parse(readFileSync(join(root, "stacks/schema/generated/stack.prod.schema.json"), "utf8"));
  const [setting] = schema.properties.config.properties["auth0-b2b:aws"].anyOf;
  const known = keysOf(setting, (one) => "properties" in one && one.properties);
  expect(keysOf(block, (one) => one).toSorted()).toEqual(known.toSorted());
});

test("a part is left out by leaving out its key", () => {
  for (const part of ["prefix", "previewers", "auditTrail", "credentials", "appSettings", "loginDomain"]) {
    const { mail: _, ...values } = readStackFile(root, "prod").values;
    const config = rawConfig({ ...values, aws: changed(block, part, undefined) });
    expect(() => loadSettings({ config, stack: "prod", root }), part).not.toThrow();
  }
});

test("a change of one company has of AWS what the page says: its machines' secrets, and the directory", () => {
  const names = { slug: "acme", connections: ["acme-sso"], machines: ["machine"], guests: ["users"] };
  const ofAws = targetsOf("prod", names, true).filter((target) => target.includes("aws:"));
  expect(ofAws.map((target) => target.replace(/^.*::auth0-b2b:aws:/, ""))).toEqual([
    "ClientCredential*::companies/acme/machine",
    "ClientCredential$aws:secretsmanager/*:*::companies/acme/machine",
    "AppSettings$aws:s3/bucketObjectv2:*::app-settings",
    "AppSettings$aws:ssm/parameter:*::app-settings/directory",
  ]);
});

test("outside local is protected what the page says", async () => {
  const declared = await declare(() => declareTenant(withAws("prod"), connectedTenant), { stack: "prod" });
  const ofAws = declared.filter(({ type }) => type.startsWith("auth0-b2b:aws:") || isOfAws({ type }));
  const held = ofAws.filter(({ opts }) => opts.protect === true);
  expect(held.map(({ type, name }) => `${type.replace(/^.*:/, "")} ${name}`).toSorted()).toEqual([
    "AppSettings app-settings",
    "CredentialStore credentials",
    "Key audit-trail",
    "LogGroup audit-trail",
    "LoginDomain login-domain",
    "Queue audit-trail",
  ]);
});
