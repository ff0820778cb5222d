import type { ProviderResource } from "@pulumi/pulumi";
import { type Fault, reasonOf, refusal } from "./faults.ts";
import type { AwsSettings } from "./schema/aws.ts";

/** The AWS account that the program is connected to, and what its resources are declared with. */
export interface ConnectedAws {
  /** Left out where nothing is connected: in a program that is declared with nothing behind it. */
  readonly provider?: ProviderResource;
}

/** Where a part of the setting names a hosted zone, and the domain that has to lie in it. */
interface ZoneUse {
  readonly part: "mail" | "loginDomain";
  readonly zone: string;
  readonly domain: string;
}

/** What AWS answers, or why it does not. */
type Answer<Value> = { readonly value: Value } | { readonly wrong: string };

/** What AWS says of a zone, as far as it matters here. */
interface Zone {
  /** May end with the root's dot. */
  readonly name: string;
  readonly privateZone?: boolean | undefined;
}

/** A fault of the stack's file. */
type Complaint = Omit<Fault, "file">;

/**
 * Asks AWS whether the credentials are those of the account that is set, and whether the hosted zones are there and answer for
 * the domains, before anything is declared. With no setting `aws` nothing of AWS is loaded.
 * @throws pulumi.RunError with every fault at once
 */
export async function connectAws(aws: AwsSettings | undefined, stack: string): Promise<ConnectedAws> {
  if (aws === undefined) return {};
  const { getCallerIdentity, Provider, route53 } = await import("@pulumi/aws");
  const provider = new Provider("aws", { region: aws.region });
  const refuse = (complaints: readonly Complaint[]) => {
    const file = `Pulumi.${stack}.yaml`;
    if (complaints.length > 0)
      throw refusal(
        stack,
        complaints.map((complaint) => ({ file, ...complaint })),
      );
  };
  refuse(accountComplaints(aws.account, await answerOf(getCallerIdentity({}, { provider }))));
  const ofZones = zonesOf(aws).map(async (use) => {
    return zoneComplaints(use, aws.account, await answerOf(route53.getZone({ zoneId: use.zone }, { provider })));
  });
  refuse((await Promise.all(ofZones)).flat());
  return { provider };
}

function accountComplaints(account: string, answer: Answer<{ readonly accountId: string }>): Complaint[] {
  const said = (message: string) => [{ path: "aws.account", message }];
  if ("wrong" in answer) {
    return said(
      `AWS does not say whose the credentials are (${answer.wrong}); allowed: credentials of account ${account}`,
    );
  }
  const { accountId } = answer.value;
  if (accountId === account) return [];
  return said(`the credentials are those of account ${accountId}; allowed: those of ${account}`);
}

function zonesOf({ mail, loginDomain }: AwsSettings): ZoneUse[] {
  return [
    ...(mail ? [{ part: "mail", ...mail } as const] : []),
    ...(loginDomain ? [{ part: "loginDomain", ...loginDomain } as const] : []),
  ];
}

function zoneComplaints({ part, zone, domain }: ZoneUse, account: string, answer: Answer<Zone>): Complaint[] {
  const said = (key: "zone" | "domain", message: string) => ({ path: `aws.${part}.${key}`, message });
  if ("wrong" in answer) {
    return [
      said(
        "zone",
        `no hosted zone ${zone} in account ${account} (${answer.wrong}); allowed: the id of one that is there`,
      ),
    ];
  }
  const name = answer.value.name.replace(/\.$/, "");
  const isApex = domain === name;
  const complaints: Complaint[] = [];
  if (answer.value.privateZone) {
    complaints.push(
      said("zone", `hosted zone ${zone} is a private one, which nobody outside sees; allowed: a public one`),
    );
  }
  if (!isApex && !domain.endsWith(`.${name}`)) {
    complaints.push(said("zone", `hosted zone ${zone} is that of ${name}; allowed: one that ${domain} lies in`));
  }
  if (isApex && part === "loginDomain") {
    complaints.push(
      said(
        "domain",
        `${domain} is the name of hosted zone ${zone} itself, which can hold no CNAME; allowed: a domain below it`,
      ),
    );
  }
  return complaints;
}

async function answerOf<Value>(asked: Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await asked };
  } catch (error) {
    return { wrong: reasonOf(error) };
  }
}
