import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expired } from "../unit/stacks/certificates.ts";
import { World } from "./world.ts";

let world: World;

beforeEach(async () => {
  world = await World.create();
});

afterEach(() => world?.close());

const refused = (output: string) => output.split("\n").map((line) => line.trim());

test("every fault of the settings is shown at once, before any resource is registered", async () => {
  world.edit("Pulumi.local.yaml", ["config", "auth0-b2b:supportEmail"], "nobody");
  world.edit("Pulumi.local.yaml", ["config", "auth0-b2b:freindlyName"], "x");
  world.edit("stacks/local/customers/acme.yaml", ["state"], "gone");
  world.edit("stacks/local/customers/acme.yaml", ["connections", "acme-sso", "domains"], ["acme.example", "gmail.com"]);
  world.edit("stacks/local/customers/borealis.yaml", ["connections", "borealis-sso", "certificate"], expired);
  const { status, stdout, stderr } = await world.pulumi("up", "--yes");
  expect(status).not.toBe(0);
  expect(refused(stdout)).toEqual(
    expect.arrayContaining([
      "error: Stack local cannot be used as it is set: 5 faults. Nothing was changed.",
      '✖ Pulumi.local.yaml: supportEmail: "nobody" cannot be used; allowed: an e-mail address',
      '✖ stacks/local/customers/acme.yaml: state: "gone" cannot be used; allowed: pilot, live, suspended, retired',
      "✖ stacks/local/customers/acme.yaml: connections.acme-sso.domains[1]: gmail.com is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone",
      '✖ Pulumi.local.yaml: freindlyName: unknown setting; allowed: friendlyName, supportEmail, claimNamespace, branding, mail, sites, apis, stages, aws, customers, and secrets that an entry or a setting names; "pulumi config rm NAME" takes one away',
    ]),
  );
  expect(stdout).toMatch(/borealis-sso\.certificate: it ended on \d{4}-\d\d-\d\d; allowed: the certificate/);
  expect(stdout + stderr).not.toMatch(/\n\s+at .*\.ts:\d+/);
  expect(await world.tenant.last()).toBe(0);
});

test("a dead tenant is one clear sentence", async () => {
  await world.tenant.stop();
  const { status, stdout } = await world.pulumi(
    "up",
    "--yes",
    "--skip-preview",
    "--target",
    "**tenant:TenantSettings**",
  );
  expect(status).not.toBe(0);
  expect(stdout).toMatch(/localhost:\d+/);
  expect(stdout).toMatch(/connection refused|ECONNREFUSED|does not answer/i);
  expect(stdout).not.toMatch(/\n\s+at .*\.ts:\d+/);
});

test("a certificate that nobody vouches for is one clear sentence", async () => {
  const roots = join(world.local.folder, "other-roots.pem");
  writeFileSync(roots, rootCertificates.slice(0, 3).join("\n"));
  world.env = { ...world.env, SSL_CERT_FILE: roots };
  const { status, stdout } = await world.pulumi(
    "up",
    "--yes",
    "--skip-preview",
    "--target",
    "**tenant:TenantSettings**",
  );
  expect(status).not.toBe(0);
  expect(stdout).toMatch(/certificate/i);
  expect(stdout).not.toMatch(/\n\s+at .*\.ts:\d+/);
  expect(await world.tenant.writes()).toEqual([]);
});

test("what wants a second look is said, and stops nothing", async () => {
  world.edit("stacks/local/customers/acme.yaml", ["displayName"], "CEDAR");
  const { status, stdout } = await world.pulumi("preview");
  expect(status).toBe(0);
  expect(refused(stdout)).toContain(
    'warning: stacks/local/customers/cedar.yaml: displayName: "Cedar" reads like "CEDAR" of acme (stacks/local/customers/acme.yaml); people choose by it: give one of them another',
  );
});
