import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { connectedTenant, declare } from "../../cli/declared/declare.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { environments } from "../../stacks/environments.ts";
import type { Settings } from "../../stacks/load.ts";
import { root, settingsOf } from "../harness/stack-settings.ts";
import { listing } from "./listing.ts";

const names = Object.keys(environments) as (keyof typeof environments)[];
const listed = async (settings: Settings) => listing(await declare(() => declareTenant(settings, connectedTenant)));

test("two environments with the same values and companies declare the same, whatever their names", async () => {
  // What stacks/ and Pulumi.<env>.yaml say is handed over; nothing else may tell one from the other.
  const shared = settingsOf("prod");
  const listings = await Promise.all([listed(shared)]);
  for (const stack of names) {
    const settings: Settings = { ...settingsOf(stack), ...settingValues(shared), environment: shared.environment };
    listings.push(
      listing(await declare(() => declareTenant({ ...settings, companies: [] }, connectedTenant), { stack })),
    );
  }
  expect(new Set(listings).size).toBe(1);
});

function settingValues({
  friendlyName,
  supportEmail,
  claimNamespace,
  branding,
  mail,
  sites,
  apis,
  stages,
  secret,
}: Settings) {
  return { friendlyName, supportEmail, claimNamespace, branding, mail, sites, apis, stages, secret };
}

/** Lines of a listing that another has not. */
const extra = (some: string, others: string) => {
  const known = new Set(others.split("\n"));
  return some.split("\n").filter((line) => !known.has(line));
};

test("staging and prod differ in their values alone: names, sites, mail and nothing that guards", async () => {
  const [staging, prod] = [await listed(settingsOf("staging")), await listed(settingsOf("prod"))];
  const places = (lines: string[]) => [...new Set(lines.map((line) => line.trim().split(" ")[0]))].sort();
  const fromSites = ["allowedLogoutUrls", "callbacks", "defaultRedirectionUri", "initiateLoginUri", "webOrigins"];
  expect(places(extra(prod, staging))).toEqual(
    [
      ...fromSites,
      "credentials.accessKeyId",
      "credentials.region",
      "credentials.secretAccessKey",
      "friendlyName",
      "name",
    ].sort(),
  );
  expect(places(extra(staging, prod))).toEqual(
    [
      ...fromSites,
      "credentials.smtpHost",
      "credentials.smtpPass",
      "credentials.smtpPort",
      "credentials.smtpUser",
      "friendlyName",
      "name",
    ].sort(),
  );
});

test("every environment has its settings file, with the same keys but for mail, secrets and companies", () => {
  const keys = (stack: string) => {
    const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: object };
    const own = /-secret$|:mail$|:customers$/;
    return Object.keys(config).filter((key) => !own.test(key));
  };
  for (const stack of names) expect(keys(stack)).toEqual(keys("local"));
});
