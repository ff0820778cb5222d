import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../harness/stack-settings.ts";
import { expired } from "../stacks/certificates.ts";
import { Checkout } from "./project.ts";

const vendor = (name: string) => `displayName: ${name}\ntype: vendor\nconditions:\n  vendor_kind: catering\n`;

function run(checkout: Checkout, ...args: string[]) {
  const program = join(root, "cli/customer/main.ts");
  const options = ["--disable-warning=ExperimentalWarning", program, "--root", checkout.root, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: "utf8", input: "" });
  return { status, stdout, stderr };
}

test("what wants a second look is said before the count, and is no failure", () => {
  const checkout = new Checkout();
  checkout.write("stacks/local/customers/a-table.yaml", vendor("A Table"));
  checkout.write("stacks/local/customers/atable.yaml", vendor("Another"));
  expect(run(checkout, "check")).toEqual({
    status: 0,
    stdout:
      "⚠ stacks/local/customers/atable.yaml: slug atable reads like a-table (stacks/local/customers/a-table.yaml); make sure that it is another company\nStack local: 8 companies, 3 connections, 4 domains, no fault.\n",
    stderr: "",
  });
});

test("what is said of a new entry alone is said when it is written", () => {
  const checkout = new Checkout();
  checkout.write("stacks/local/customers/a-table.yaml", vendor("Cedar")); // which is said of cedar, and here of nobody
  const flags = ["--name", "ACME", "--type", "vendor", "--condition", "vendor_kind=rental", "--sign-in", "password"];
  expect(run(checkout, "add", "beta", ...flags)).toEqual({
    status: 0,
    stdout: `⚠ stacks/local/customers/beta.yaml: displayName: "ACME" reads like "Acme" of acme (stacks/local/customers/acme.yaml); people choose by it: give one of them another
Written: stacks/local/customers/beta.yaml, state live. Next:
  pulumi preview --stack local
`,
    stderr: "",
  });
});

test("certificates are judged by the day on which they are checked", () => {
  const checkout = new Checkout();
  const entry = {
    ...samlEntry,
    connections: { "beta-sso": { ...samlEntry.connections["beta-sso"], certificate: expired } },
  };
  checkout.write("stacks/local/customers/beta.yaml", JSON.stringify(entry));
  const { status, stdout, stderr } = run(checkout, "check");
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr.replace(/\d{4}-\d{2}-\d{2}/, "DAY")).toBe(
    "Stack local cannot be used as it is set: 1 fault. Nothing was changed.\n✖ stacks/local/customers/beta.yaml: connections.beta-sso.certificate: it ended on DAY; allowed: the certificate that the identity provider signs with now\n",
  );
});

const samlEntry = {
  displayName: "Beta",
  type: "customer",
  conditions: { api_access: "off" },
  connections: {
    "beta-sso": { strategy: "samlp", signInUrl: "https://login.beta.example/saml", domains: ["beta.example"] },
  },
};
