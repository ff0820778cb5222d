import type { ProviderResource } from "@pulumi/pulumi";
import type { Fault } from "./faults.ts";
import { refusal } from "./faults.ts";
import type { AwsSettings } from "./schema/aws.ts";

/** The AWS account that the program is connected to, and what its resources are declared with. */
export interface ConnectedAws {
  /** Left out where nothing is connected: in a program that is declared with nothing behind it. */
  readonly provider?: ProviderResource;
}

const loginZone = "aws.loginDomain.zone";

/**
 * Asks AWS whether the credentials are those of the account that is set, and whether the hosted zones are there and answer for
 * the domains, before anything is declared. With no setting `aws` nothing of AWS is loaded.
 * @throws pulumi.RunError with every fault at once
 */
export async function connectAws(aws: AwsSettings | undefined, stack: string): Promise<ConnectedAws> {
  if (aws === undefined) return {};
  const { getCallerIdentity, Provider, route53 } = await import("@pulumi/aws");
  const { account, region } = aws;
  const provider = new Provider("aws", { region });
  const said = (path: string, message: string): Fault => ({ file: `Pulumi.${stack}.yaml`, path, message });

  const identity = await answerOf(getCallerIdentity({}, { provider }));
  if ("wrong" in identity)
    throw refusal(stack, [
      said(
        "aws.account",
        `AWS does not say whose the credentials are (${identity.wrong}); allowed: credentials of account ${account}`,
      ),
    ]);
  if (identity.answer.accountId !== account) {
    throw refusal(stack, [
      said(
        "aws.account",
        `the credentials are those of account ${identity.answer.accountId}; allowed: those of ${account}`,
      ),
    ]);
  }
  const faults = await Promise.all(
    zonesOf(aws).map(async ({ path, zone, domain }) => {
      const found = await answerOf(route53.getZone({ zoneId: zone }, { provider }));
      if ("wrong" in found)
        return [
          said(
            path,
            `no hosted zone ${zone} in account ${account} (${found.wrong}); allowed: the id of one that is there`,
          ),
        ];
      const name = found.answer.name.replace(/\.$/, "");
      const answers = domain === name || domain.endsWith(`.${name}`);
      const hidden = found.answer.privateZone
        ? [said(path, `hosted zone ${zone} is a private one, which nobody outside sees; allowed: a public one`)]
        : [];
      const apex = path === loginZone && domain === name;
      const noCname = apex
        ? [
            said(
              "aws.loginDomain.domain",
              `${domain} is the name of hosted zone ${zone} itself, which can hold no CNAME; allowed: a domain below it`,
            ),
          ]
        : [];
      return answers
        ? [...hidden, ...noCname]
        : [...hidden, said(path, `hosted zone ${zone} is that of ${name}; allowed: one that ${domain} lies in`)];
    }),
  );
  if (faults.flat().length > 0) throw refusal(stack, faults.flat());
  return { provider };
}

function zonesOf({ mail, loginDomain }: AwsSettings) {
  return [
    ...(mail ? [{ path: "aws.mail.zone", zone: mail.zone, domain: mail.domain }] : []),
    ...(loginDomain ? [{ path: loginZone, zone: loginDomain.zone, domain: loginDomain.domain }] : []),
  ];
}

/** What AWS answers, or in one line why it does not. */
async function answerOf<Answer>(asked: Promise<Answer>): Promise<{ answer: Answer } | { wrong: string }> {
  try {
    return { answer: await asked };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { wrong: reason.replace(/\s+/g, " ").trim() };
  }
}
