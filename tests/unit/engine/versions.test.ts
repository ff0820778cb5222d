import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT } from "../../../local/engine/folder.ts";
import { leastGo } from "../../../local/engine/install.ts";
import { CLI_VERSION, PLUGIN_VERSION } from "../../../local/engine/versions.ts";
import project from "../../../package.json" with { type: "json" };

const goMod = (module: string) => readFileSync(join(PROJECT, "local/engine", module, "go.mod"), "utf8");

test("launcher, SDK and Go module are one release of Pulumi", () => {
  expect(CLI_VERSION).toBe(project.dependencies["@pulumi/pulumi"]);
  expect(goMod("cli")).toContain(`\tgithub.com/pulumi/pulumi/pkg/v3 v${CLI_VERSION} `);
  expect(goMod("cli")).toContain(`\tgithub.com/pulumi/pulumi/sdk/v3 v${CLI_VERSION} `);
});

test("versions are exact, so that everybody runs the same", () => {
  expect([CLI_VERSION, PLUGIN_VERSION].filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("both Go modules ask for the Go version that a person is told", () => {
  expect(goMod("cli")).toContain(`\ngo ${leastGo()}\n`);
  expect(goMod("language-host")).toContain(`\ngo ${leastGo()}\n`);
});
