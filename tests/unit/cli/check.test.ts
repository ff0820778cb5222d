import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../harness/stack-settings.ts";
import { expired } from "../stacks/certificates.ts";
import { Checkout } from "./project.ts";

const vendor = (name: string) => `displayName: ${name}\ntype: vendor\nconditions:\n  vendor_kind: catering\n`;

function check(checkout: Checkout) {
  const program = join(root, "cli/customer/main.ts");
  const options = ["--disable-warning=ExperimentalWarning", program, "--root", checkout.root, "check"];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: "utf8", input: "" });
  return { status, stdout, stderr };
}

test("what wants a second look is said before the count, and is no failure", () => {
  const checkout = new Checkout();
  checkout.write("stacks/local/customers/a-table.yaml", vendor("A Table"));
  checkout.write("stacks/local/customers/atable.yaml", vendor("Another"));
  expect(check(checkout)).toEqual({
    status: 0,
    stdout:
      "⚠ stacks/local/customers/atable.yaml: slug atable reads like a-table (stacks/local/customers/a-table.yaml); make sure that it is another company\nStack local: 8 companies, 3 connections, 4 domains, no fault.\n",
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
  const { status, stdout, stderr } = check(checkout);
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
