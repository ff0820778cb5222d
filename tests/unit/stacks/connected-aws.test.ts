import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type ConnectedAws, connectAws } from "../../../stacks/connected-aws.ts";
import { placed, aws as schema } from "../../../stacks/schema/aws.ts";
import { account, aws } from "./aws-settings.ts";

const zone = aws.mail.zone;

interface Answers {
  readonly accountId?: string;
  readonly zones?: Readonly<Record<string, { readonly name: string; readonly privateZone: boolean }>>;
  /** What AWS says instead of whose the credentials are. */
  readonly refused?: string;
}

/** Connects where AWS answers so; what is asked and registered, in order. */
async function connected(given: unknown, { accountId = account, zones = travel, refused }: Answers = {}) {
  const seen: string[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      seen.push(`${type} ${name} ${JSON.stringify(inputs)}`);
      return { id: name, state: inputs };
    },
    call: ({ token, inputs }) => {
      seen.push(`${token} ${JSON.stringify(inputs)}`);
      if (token === "aws:index/getCallerIdentity:getCallerIdentity") {
        if (refused !== undefined) throw failureOf(refused);
        return { accountId };
      }
      const found = zones[String(inputs.zoneId)];
      if (!found) throw failureOf("no such\n hosted zone");
      return found;
    },
  });
  let result: ConnectedAws | undefined;
  let failure: unknown;
  await pulumi.runtime.runInPulumiStack(async () => {
    try {
      result = await connectAws(given === undefined ? undefined : placed(schema.parse(given), "prod"), "prod");
    } catch (error) {
      failure = error;
    }
    return {};
  });
  await pulumi.runtime.disconnect();
  return { seen, result, lines: failure instanceof pulumi.RunError ? failure.message.split("\n") : undefined };
}

/** As the engine hands on what a provider says. */
const failureOf = (details: string) => Object.assign(new Error(details), { details });

const travel = { [zone]: { name: "travel.example", privateZone: false } };
const provider =
  'pulumi:providers:aws aws {"region":"eu-central-1","skipCredentialsValidation":"false","skipRegionValidation":"true"}';
const place = "✖ Pulumi.prod.yaml: ";
const heading = (count: string) => `Stack prod cannot be used as it is set: ${count}. Nothing was changed.`;

test("without the setting AWS is asked nothing, and there is no provider", async () => {
  expect(await connected(undefined)).toEqual({
    seen: [expect.stringMatching(/^pulumi:pulumi:Stack /)],
    result: {},
    lines: undefined,
  });
});

test("whose the credentials are is asked first, then for each zone, and all with the one provider", async () => {
  const { seen, result, lines } = await connected(aws);
  expect(lines).toBeUndefined();
  expect(seen.slice(1)).toEqual([
    provider,
    "aws:index/getCallerIdentity:getCallerIdentity {}",
    `aws:route53/getZone:getZone {"zoneId":"${zone}"}`,
    `aws:route53/getZone:getZone {"zoneId":"${zone}"}`,
  ]);
  expect(result?.provider).toBeDefined();
});

test("credentials of another account are refused before anything else is asked", async () => {
  const { seen, lines } = await connected(aws, { accountId: "210987654321" });
  expect(lines).toEqual([
    heading("1 fault"),
    `${place}aws.account: the credentials are those of account 210987654321; allowed: those of ${account}`,
  ]);
  expect(seen).toHaveLength(3);
});

test("without credentials it is said what AWS says, in one line", async () => {
  const { lines } = await connected(aws, { refused: "no valid\n  credential sources" });
  expect(lines).toEqual([
    heading("1 fault"),
    `${place}aws.account: AWS does not say whose the credentials are (no valid credential sources); allowed: credentials of account ${account}`,
  ]);
});

test("a zone that is missing, private or another domain's is refused, all at once", async () => {
  const given = {
    ...aws,
    mail: { ...aws.mail, zone: "Z1MISSING" },
    loginDomain: { domain: "login.travel.example", zone: "Z2OTHER" },
  };
  const { lines } = await connected(given, { zones: { Z2OTHER: { name: "other.example.", privateZone: true } } });
  expect(lines).toEqual([
    heading("3 faults"),
    `${place}aws.mail.zone: no hosted zone Z1MISSING in account ${account} (no such hosted zone); allowed: the id of one that is there`,
    `${place}aws.loginDomain.zone: hosted zone Z2OTHER is a private one, which nobody outside sees; allowed: a public one`,
    `${place}aws.loginDomain.zone: hosted zone Z2OTHER is that of other.example; allowed: one that login.travel.example lies in`,
  ]);
});

test("a login domain that is its zone's own name, where Route 53 takes no CNAME, is refused; a mail domain may be that", async () => {
  const given = { ...aws, loginDomain: { domain: "travel.example", zone } };
  expect((await connected(given)).lines?.slice(1)).toEqual([
    `${place}aws.loginDomain.domain: travel.example is the name of hosted zone ${zone} itself, which can hold no CNAME; allowed: a domain below it`,
  ]);
});

test("a zone whose name only ends like the domain is another's", async () => {
  const zones = { [zone]: { name: "vel.example", privateZone: false } };
  const { loginDomain: _, ...mailAlone } = aws;
  const { lines } = await connected(mailAlone, { zones });
  expect(lines?.slice(1)).toEqual([
    `${place}aws.mail.zone: hosted zone ${zone} is that of vel.example; allowed: one that travel.example lies in`,
  ]);
});
