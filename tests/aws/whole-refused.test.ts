import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { contentsOf } from "../harness/aws/contents.ts";
import { hostedZone, patience, settingAws, stackFile, WholeWorld } from "./whole-world.ts";

vi.setConfig({ testTimeout: patience, hookTimeout: patience });

let whole: WholeWorld;
/** The id of a zone of other.example. */
let elsewhere: string;
/** What the account has before anything is tried. */
let before: string[];

beforeAll(async () => {
  whole = await WholeWorld.create("100000000006");
  elsewhere = await hostedZone(whole.clients, "other.example");
  before = await contentsOf(whole.clients);
});

afterAll(() => whole?.world.close());

/** What an `up` complains of, where one text of the setting is another. */
async function faults(text: string, other: string): Promise<string[]> {
  const setting = JSON.stringify(whole.settings()).replaceAll(text, other);
  whole.world.edit(stackFile, settingAws, JSON.parse(setting));
  return (await whole.world.refusal("--skip-preview"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const refused = (count: string) => `Stack local cannot be used as it is set: ${count}. Nothing was changed.`;
const zones = ["mail", "loginDomain"].map((part) => `✖ Pulumi.local.yaml: aws.${part}.zone`);
const domains = ["travel.example", "login.local.travel.example"];

test("credentials of another account are refused", async () => {
  expect(await faults(whole.mine.id, "100000000099")).toEqual([
    refused("1 fault"),
    "✖ Pulumi.local.yaml: aws.account: the credentials are those of account 100000000006; allowed: those of 100000000099",
  ]);
});

test("a hosted zone that is not there is refused in both places", async () => {
  const said =
    "invocation of aws:route53/getZone:getZone returned an error: NoSuchHostedZone: No hosted zone found with ID: ZNOSUCHZONE";
  expect(await faults(whole.zone, "ZNOSUCHZONE")).toEqual([
    refused("2 faults"),
    ...zones.map(
      (place) =>
        `${place}: no hosted zone ZNOSUCHZONE in account 100000000006 (${said}); allowed: the id of one that is there`,
    ),
  ]);
});

test("a hosted zone of another domain is refused in both places", async () => {
  expect(await faults(whole.zone, elsewhere)).toEqual([
    refused("2 faults"),
    ...zones.map(
      (place, n) =>
        `${place}: hosted zone ${elsewhere} is that of other.example; allowed: one that ${domains[n]} lies in`,
    ),
  ]);
});

test("a region that is none is refused before AWS or Auth0 is asked", async () => {
  const asked = await whole.world.tenant.last();
  const [first, fault = "", ...more] = await faults("eu-central-1", "eu-centra-1");
  expect(first).toBe(refused("1 fault"));
  expect(fault).toMatch(
    /^✖ Pulumi\.local\.yaml: aws\.region: "eu-centra-1" cannot be used; allowed: ap-east-1, .*, eu-central-1, .*, us-west-2$/,
  );
  expect(more).toEqual([]);
  expect(await whole.world.tenant.last()).toBe(asked);
});

test("and nothing was made, with AWS or with Auth0", async () => {
  expect(await contentsOf(whole.clients)).toEqual(before);
  expect(await whole.world.tenant.writes()).toEqual([]);
});
