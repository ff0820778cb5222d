import * as pulumi from "@pulumi/pulumi";
import { type Declared, declare } from "../../../../cli/declared/declare.ts";

type Made = Readonly<Record<string, unknown>>;

/** What AWS and Auth0 would answer to the creation of each resource of these tests, beside what was sent. */
const answers: Readonly<Record<string, (name: string, inputs: Made) => Made>> = {
  "auth0:index/customDomain:CustomDomain": (_, inputs) => ({
    verifications: [{ methods: [{ name: "CNAME", record: "alias.edge.tenants.example", domain: inputs.domain }] }],
  }),
  "aws:sesv2/emailIdentity:EmailIdentity": (_, inputs) => ({
    arn: `arn:aws:ses:eu-central-1:111122223333:identity/${inputs.emailIdentity}`,
    dkimSigningAttributes: { tokens: ["token-a", "token-b", "token-c"] },
  }),
  "aws:sesv2/configurationSet:ConfigurationSet": (_, inputs) => ({
    arn: `arn:aws:ses:eu-central-1:111122223333:configuration-set/${inputs.configurationSetName}`,
  }),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (_, { url }) => ({
    arn: `arn:aws:iam::111122223333:oidc-provider/${String(url).replace("https://", "")}`,
  }),
  "aws:iam/policy:Policy": (_, { name }) => ({ arn: `arn:aws:iam::111122223333:policy/${name}` }),
  "aws:iam/role:Role": (_, { name }) => ({ arn: `arn:aws:iam::111122223333:role/${name}` }),
  "aws:kms/key:Key": (name) => ({ arn: `arn:aws:kms:eu-central-1:111122223333:key/${name}`, keyId: name }),
  "aws:s3/bucket:Bucket": (_, { bucket }) => ({ arn: `arn:aws:s3:::${bucket}` }),
  "aws:iam/accessKey:AccessKey": (name) => ({ secret: `the secret key of ${name}` }),
};

/** Declares with resources that are made as their services would; one without an answer has what was sent to it. */
export function declareAws(program: () => unknown): Promise<Declared[]> {
  return declare(program, { make: made });
}

async function made({ type, name, inputs }: pulumi.runtime.MockResourceArgs) {
  return { id: `${name}-id`, state: { ...inputs, ...answers[type]?.(name, inputs) } };
}

/** Everything declared: of a component its parent, of a resource its whole inputs. */
export function graphOf(all: readonly Declared[]): unknown[][] {
  return all
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ type, name, inputs, parent }) => [`${type} ${name}`, type.startsWith("auth0-b2b:") ? parent : inputs]);
}

export function named(all: readonly Declared[], type: string, name: string): Declared | undefined {
  return all.find((one) => one.type.endsWith(`:${type}`) && one.name === name);
}

/** What a resource waits for by `dependsOn`. */
export function waitsFor(all: readonly Declared[], type: string, name: string): string[] {
  return [named(all, type, name)?.opts.dependsOn ?? []]
    .flat()
    .map((one) => all.find(({ resource }) => resource === one))
    .map((one) => `${one?.type.split(":").at(-1)} ${one?.name}`);
}

/** The values of outputs, and of each whether it is secret. */
export async function valuesOf(outputs: Readonly<Record<string, pulumi.Output<unknown>>>) {
  const value = (output: pulumi.Output<unknown>) => new Promise((resolve) => output.apply(resolve));
  const each = Object.entries(outputs).map(async ([name, output]) => {
    const shown = await value(output);
    return [name, (await pulumi.isSecret(output)) ? { secret: shown } : shown];
  });
  return Object.fromEntries(await Promise.all(each)) as Record<string, unknown>;
}
