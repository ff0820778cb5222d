import * as auth0 from "@pulumi/auth0";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface LoginDomainArgs {
  /** The host on which people sign in, such as `login.travel.example`; no apex of a zone, which can hold no CNAME. */
  readonly domain: string;
  /** Id of the hosted zone that holds it. */
  readonly zone: string;
}

/** Seconds that a resolver may keep the record. */
const ttl = 300;
/** The provider asks every ten seconds at most, and would give up after five minutes: a resolver may keep that there was no record. */
const patience = "30m";

/**
 * The host on which people sign in, in place of the tenant's own: Auth0 is told of it, Route 53 leads there, Auth0 looks.
 * Its certificate is Auth0's, made and renewed by itself as long as the record stands; connections are of TLS 1.2 and newer.
 * https://auth0.com/docs/customize/custom-domains/auth0-managed-certificates
 */
export class LoginDomain extends pulumi.ComponentResource {
  readonly domain: string;
  /** The same host, known only when Auth0 has seen the record: what must not lead there before waits for this. */
  readonly verified: pulumi.Output<string>;

  constructor(name: string, args: LoginDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:aws:LoginDomain", name, args, opts);
    const { domain, zone } = args;
    const custom = new auth0.CustomDomain(
      name,
      { domain, type: "auth0_managed_certs", tlsPolicy: "recommended" },
      { parent: this },
    );
    const record = new aws.route53.Record(
      name,
      { zoneId: zone, name: domain, type: "CNAME", ttl, records: [aliasOf(custom)] },
      { parent: this },
    );
    const verification = new auth0.CustomDomainVerification(
      name,
      { customDomainId: custom.id },
      { parent: this, dependsOn: record, customTimeouts: { create: patience } },
    );
    this.domain = domain;
    this.verified = verification.customDomainId.apply(() => domain);
    this.registerOutputs({ domain: this.domain, verified: this.verified });
  }
}

/** Where the record has to lead; Auth0 says it with the domain. */
function aliasOf({ verifications }: auth0.CustomDomain): pulumi.Output<string> {
  return verifications.apply(([verification]) => String(verification?.methods[0]?.record ?? ""));
}
