import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { exportedState } from "../../../cli/customer/slice.ts";
import { placeState } from "../../../cli/customer/state.ts";
import { root } from "../../harness/stack-settings.ts";
import { Checkout } from "./project.ts";

/** Of a stack whose last `up` declared no company. */
const state = exportedState.parse({
  version: 3,
  deployment: {
    secrets_providers: { type: "passphrase" },
    resources: [
      {
        urn: "urn:pulumi:local::auth0-b2b::pulumi:pulumi:Stack::auth0-b2b-local",
        type: "pulumi:pulumi:Stack",
        outputs: { companies: {}, directory: { organizations: {} }, applied: { gates: "x", companies: {} } },
      },
    ],
  },
});

/** Starts `customer preview acme`, with a program that stands for the CLI. @param script what it does @param more flags */
function preview(script: string, ...more: string[]) {
  const checkout = new Checkout();
  const at = (name: string) => join(checkout.root, name);
  for (const folder of ["bin", "temporary"]) mkdirSync(at(folder));
  writeFileSync(at("bin/pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      join(root, "cli/customer/main.ts"),
      ...["--root", checkout.root, "preview", "acme", ...more],
    ],
    {
      env: {
        PATH: `${at("bin")}:${process.env.PATH}`,
        TMPDIR: at("temporary"),
        PULUMI_BACKEND_URL: placeState(state, "local", at("state")),
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return { child, lines: createInterface({ input: child.stdout }), left: () => readdirSync(at("temporary")) };
}

test("the command ends as the CLI ends, and its temporary folder with it", async () => {
  const { child, lines, left } = preview('ls "$TMPDIR"/customer-*; exit 7');
  const printed: string[] = [];
  lines.on("line", (line) => printed.push(line));
  const [status] = await once(child, "close");
  expect({ status, printed, left: left() }).toEqual({ status: 7, printed: ["chosen.json", "state"], left: [] });
});

test("what ends the command ends the CLI, and leaves no folder behind", async () => {
  const { child, lines, left } = preview("echo started\nexec sleep 600");
  expect(await once(lines, "line")).toEqual(["started"]);
  expect(left()).toHaveLength(1);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([130, null]);
  expect(left()).toEqual([]);
});

test("with --json all is passed on but the SDK's debugging messages, which hold secrets", async () => {
  const event = (severity: string) => JSON.stringify({ sequence: 1, diagnosticEvent: { severity, message: "hush" } });
  const kept = [
    event("info"),
    '{"sequence":2,"resOutputsEvent":{"diagnosticEvent":"debug"}}',
    "{",
    '  "steps": []',
    "}",
    "",
  ];
  const [first = "", ...others] = kept;
  const script = [first, event("debug"), ...others].map((line) => `echo '${line}'`).join("\n");
  const { child, lines, left } = preview(`${script}\nexit 3`, "--json");
  const printed: string[] = [];
  lines.on("line", (line) => printed.push(line));
  const [status] = await once(child, "close");
  expect({ status, printed, left: left() }).toEqual({ status: 3, printed: kept, left: [] });
});
