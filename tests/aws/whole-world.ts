import { randomUUID } from "node:crypto";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { paginateGetParametersByPath } from "@aws-sdk/client-ssm";
import type { Directory } from "../../access/directory.ts";
import { appSettings } from "../../kit/index.ts";
import { World } from "../e2e/world.ts";
import { type Account, account } from "../harness/aws/account.ts";
import { Clients } from "../harness/aws/clients.ts";
import { placeMotoProvider } from "../harness/aws/provider.ts";

/** Milliseconds that a test may take which runs the engine: it waits for nothing but the machine. */
export const patience = 600_000;

export const stackFile = "Pulumi.local.yaml";
/** Where the setting stands in the stack's file. */
export const settingAws = ["config", "auth0-b2b:aws"] as const;
/** How every name in AWS begins. */
export const prefix = "auth0-b2b-local";
const loginDomain = "login.local.travel.example";
export const issuer = `https://${loginDomain}/`;
export const sender = "no-reply@travel.example";

interface Client {
  readonly clientId: string;
  readonly clientSecret?: string;
}

/** The stack's outputs, secrets in plain. */
export interface Outputs {
  readonly apps: Readonly<Record<string, Client>>;
  readonly operators: Readonly<Record<string, Client>>;
  readonly companies: Readonly<Record<string, { readonly machines: Readonly<Record<string, Client>> }>>;
  readonly apis: Readonly<Record<string, { readonly identifier: string }>>;
  readonly directory: Directory;
  readonly aws: unknown;
}

/** The whole program as it is, with every part of the setting `aws` on: on the real engine, a local tenant, and an account of moto's. */
export class WholeWorld {
  readonly world: World;
  readonly mine: Account;
  readonly clients: Clients;
  /** The id of the hosted zone of travel.example, which is there beforehand. */
  readonly zone: string;

  private constructor(world: World, mine: Account, clients: Clients, zone: string) {
    this.world = world;
    this.mine = mine;
    this.clients = clients;
    this.zone = zone;
  }

  /** @param id of the account */
  static async create(id: string): Promise<WholeWorld> {
    const mine = account(id);
    const clients = new Clients(mine.endpoint, mine.region, id);
    const zone = await hostedZone(clients, "travel.example");
    // Auth0 finds the domain's record once Route 53 has it: the provider's stand-in tells the tenant.
    const world = await World.create({ DNS_RECORDS: "told" });
    const tenant = { port: world.tenant.port, ca: world.local.ca };
    placeMotoProvider(world.local.home, { endpoint: mine.endpoint, region: mine.region, account: id, tenant });
    const whole = new WholeWorld(world, mine, clients, zone);
    world.edit(stackFile, settingAws, whole.settings());
    return whole;
  }

  /** The setting `aws`. */
  settings() {
    const { zone } = this;
    const { id, region } = this.mine;
    const role = (name: string) => `arn:aws:iam::${id}:role/${name}`;
    return {
      account: id,
      region,
      deployers: [role("deploy")],
      previewers: [role("preview")],
      auditTrail: { retentionDays: 365, alarmsTo: ["security@travel.example"], quietHours: 6, refusalsPerHour: 20 },
      credentials: {
        readers: {
          apps: { main: [role("main-app")] },
          operators: { sales: [role("crm")] },
          companies: [role("sales")],
        },
        recoveryDays: 30,
      },
      appSettings: { readers: [role("main-app")] },
      mail: { domain: "travel.example", zone, from: sender, keyRotation: 1 },
      loginDomain: { domain: loginDomain, zone },
    };
  }

  async outputs(): Promise<Outputs> {
    return (await this.world.outputs()) as unknown as Outputs;
  }

  /** What has to lie in Secrets Manager, by the outputs: whoever has a secret, but for the one that the Action has. */
  async withSecret() {
    const { apps, operators, companies } = await this.outputs();
    const { "first-roles": _, ...programs } = operators;
    const all = [
      ...Object.entries(apps).map(([name, one]) => [`apps/${name}`, one] as const),
      ...Object.entries(programs).map(([name, one]) => [`operators/${name}`, one] as const),
      ...Object.entries(companies).flatMap(([slug, { machines }]) =>
        Object.entries(machines).map(([name, one]) => [`companies/${slug}/${name}`, one] as const),
      ),
    ];
    const known = all.filter(([, { clientSecret }]) => clientSecret !== undefined);
    return Object.fromEntries(
      known.map(([path, { clientId, clientSecret }]) => [path, { clientId, clientSecret, issuer }]),
    );
  }

  /** What Secrets Manager holds, by the name's end. @param VersionStage `AWSPREVIOUS` for what was before, where there is such a one */
  async kept(VersionStage = "AWSCURRENT"): Promise<Record<string, Client & { readonly issuer: string }>> {
    const { secrets } = this.clients;
    const { SecretList = [] } = await secrets.send(new ListSecretsCommand({ MaxResults: 100 }));
    const held = SecretList.filter(({ SecretVersionsToStages: stages = {} }) =>
      Object.values(stages).some((labels) => labels.includes(VersionStage)),
    );
    const texts = held.map(async ({ Name = "" }) => {
      const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: Name, VersionStage }));
      return [Name.slice(`${prefix}/`.length), JSON.parse(SecretString)] as const;
    });
    return Object.fromEntries(await Promise.all(texts));
  }

  /** What the tenant would send mail with; no answer of its shows that, and it keeps its file to itself. */
  mailCredentials(): Record<string, string> {
    const { data } = this.world.local;
    const copy = join(this.world.folder, "tenant-copy.db");
    for (const end of ["", "-wal"]) copyFileSync(`${data}${end}`, `${copy}${end}`);
    const file = new DatabaseSync(copy);
    const bodies = file
      .prepare("SELECT body FROM objects")
      .all()
      .map(({ body }) => JSON.parse(String(body)));
    file.close();
    return bodies.find(({ name, credentials }) => name === "ses" && credentials).credentials;
  }

  /** What a back end reads, as docs/app-settings.md has it. */
  reader() {
    const { ssm, s3 } = this.clients;
    return appSettings({
      path: `/${prefix}`,
      maxAgeSeconds: 0,
      staleAfterSeconds: 0,
      async parameters(path, abortSignal) {
        const values: Record<string, string> = {};
        const pages = paginateGetParametersByPath({ client: ssm }, { Path: path, Recursive: true }, { abortSignal });
        for await (const { Parameters = [] } of pages)
          for (const { Name = "", Value = "" } of Parameters) values[Name] = Value;
        return values;
      },
      async object({ bucket, key, versionId }, abortSignal) {
        const asked = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
        return (await (await s3.send(asked, { abortSignal })).Body?.transformToString()) ?? "";
      },
    });
  }
}

/** Makes a zone as somebody has it before the program. @returns its id */
export async function hostedZone({ route53 }: Clients, name: string): Promise<string> {
  const asked = new CreateHostedZoneCommand({ Name: name, CallerReference: randomUUID() });
  return (await route53.send(asked)).HostedZone?.Id?.split("/").at(-1) ?? "";
}
