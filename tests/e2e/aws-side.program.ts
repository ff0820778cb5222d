/** Declares what a test wrote into `declared.json`: of the AWS side what lies with Auth0, without AWS. */
import { readFileSync } from "node:fs";
import * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";

/** Every resource has its key's name. */
export interface Declared {
  readonly streams: Readonly<Record<string, auth0.LogStreamArgs>>;
  readonly domains: Readonly<Record<string, auth0.CustomDomainArgs & { readonly verified?: { patience?: string } }>>;
}

const { streams, domains }: Declared = JSON.parse(readFileSync("declared.json", "utf8"));

/** By name: the event source of each stream, where each domain's record leads, and what its verification told. */
export const sources: Record<string, pulumi.Output<string>> = {};
export const records: Record<string, pulumi.Output<string>> = {};
export const keys: Record<string, pulumi.Output<string>> = {};
export const origins: Record<string, pulumi.Output<string>> = {};

for (const [name, args] of Object.entries(streams)) {
  sources[name] = new auth0.LogStream(name, args).sink.awsPartnerEventSource;
}
for (const [name, { verified, ...args }] of Object.entries(domains)) {
  const domain = new auth0.CustomDomain(name, args);
  records[name] = domain.verifications.apply(([verification]) => String(verification?.methods[0]?.record));
  if (!verified) continue;
  const { patience: create } = verified;
  const more = create === undefined ? {} : { customTimeouts: { create } };
  const verification = new auth0.CustomDomainVerification(name, { customDomainId: domain.id }, more);
  keys[name] = verification.cnameApiKey;
  origins[name] = verification.originDomainName;
}
