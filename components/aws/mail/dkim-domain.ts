/** Regions whose DKIM keys lie under a name of the region's own: https://docs.aws.amazon.com/general/latest/gr/ses.html#ses_dkim_domains */
const ownDomain: ReadonlySet<string> = new Set([
  "af-south-1",
  "ap-northeast-3",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "il-central-1",
  "me-central-1",
  "us-gov-east-1",
]);

/** Where SES keeps the public keys of a region's Easy DKIM; the three CNAMEs lead there. */
export function dkimDomain(region: string): string {
  return ownDomain.has(region) ? `dkim.${region}.amazonses.com` : "dkim.amazonses.com";
}
