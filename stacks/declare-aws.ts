import type * as pulumi from "@pulumi/pulumi";
import type { Directory } from "../access/directory.ts";
import { refusalCodes } from "../access/refusal.ts";
import type { MailSender } from "../components/tenant/mail.ts";
import type { ConnectedAws } from "./connected-aws.ts";
import { breakGlassOf } from "./entries.ts";
import type { Settings } from "./load.ts";
import { directoryBeside } from "./others.ts";
import type { PlacedAws } from "./schema/aws.ts";
import { isMap } from "./schema/strict.ts";

interface Client {
  readonly clientId: pulumi.Output<string>;
  /** Undefined for a client without one. */
  readonly clientSecret?: pulumi.Output<string> | undefined;
}

/** What of the tenant goes to AWS. */
export interface AwsNeeds {
  /** `iss` of the tenant's tokens; known once Auth0 answers there, so that nobody is led there before. */
  readonly issuer: pulumi.Output<string>;
  readonly apps: Readonly<Record<string, Client>>;
  readonly operators: Readonly<Record<string, Client>>;
  readonly companies: Readonly<Record<string, { readonly machines: Readonly<Record<string, Partial<Client>>> }>>;
  readonly apis: Readonly<Record<string, { readonly identifier: pulumi.Output<string> }>>;
  readonly directory: pulumi.Output<Directory>;
}

// Each component is loaded by the part that needs it: where nothing of AWS is set, nothing of AWS is loaded.

/** What stands around the tenant, and needs nothing of it. `sender`: who sends its mail, where that is SES by `aws.mail`. */
export async function declareEdges(settings: Settings, connected: ConnectedAws) {
  return {
    auditTrail: await declareAuditTrail(settings, connected),
    loginDomain: await declareLoginDomain(settings, connected),
    sender: await declareMailIdentity(settings, connected),
  };
}

/** What keeps things of the tenant for those who need them. */
export async function declareStores(settings: Settings, connected: ConnectedAws, needs: AwsNeeds) {
  return {
    credentials: await declareCredentials(settings, connected, needs),
    appSettings: await declareAppSettings(settings, connected, needs),
  };
}

/** Keeps what the tenant logs from the first moment on. */
async function declareAuditTrail({ aws, companies, environment }: Settings, connected: ConnectedAws) {
  if (!aws?.auditTrail) return undefined;
  const { AuditTrail } = await import("../components/aws/audit/audit-trail.ts");
  const { untilSourceIsThere } = await import("../components/aws/audit/partner-source.ts");
  const { busArn, logGroupName, topicArn, queueUrl } = new AuditTrail(
    "audit-trail",
    {
      ...aws.auditTrail,
      place: placeOf(aws),
      codes: refusalCodes(),
      breakGlass: breakGlassOf(companies),
      guard: environment.guard,
      busHooks: await untilSourceIsThere("audit-trail"),
    },
    optionsOf(connected),
  );
  return { busArn, logGroupName, topicArn, queueUrl };
}

/** The domain under which people sign in. @returns it, once Auth0 answers there */
async function declareLoginDomain({ aws, environment }: Settings, connected: ConnectedAws) {
  if (!aws?.loginDomain) return undefined;
  const { LoginDomain } = await import("../components/aws/domain/login-domain.ts");
  // Without it nobody signs in any more.
  return new LoginDomain("login-domain", { ...aws.loginDomain }, guarded(connected, environment)).verified;
}

/** Who sends the tenant's mail, where that is an identity of its own with Amazon SES. */
async function declareMailIdentity({ aws }: Settings, connected: ConnectedAws): Promise<MailSender | undefined> {
  if (!aws?.mail) return undefined;
  const { MailIdentity } = await import("../components/aws/mail/mail-identity.ts");
  const { bootstrapNames } = await import("../components/aws/bootstrap/names.ts");
  const place = placeOf(aws);
  const { deployArn, boundaryArn } = bootstrapNames(place);
  // The bootstrap's role may make a user only with the bound that lies beside it.
  const boundary = aws.deployers.includes(deployArn) ? { boundary: boundaryArn } : {};
  const { region, accessKeyId, secretAccessKey, configurationSetName } = new MailIdentity(
    "mail",
    { ...aws.mail, place, ...boundary },
    optionsOf(connected),
  );
  return { provider: "ses", from: aws.mail.from, region, accessKeyId, secretAccessKey, configurationSetName };
}

/** The secrets of clients: each where those who need it, and nobody else, may read it. */
async function declareCredentials({ aws, environment }: Settings, connected: ConnectedAws, needs: AwsNeeds) {
  if (!aws?.credentials) return undefined;
  const { recoveryDays, readers } = aws.credentials;
  const { CredentialStore } = await import("../components/aws/credentials/credential-store.ts");
  const { ClientCredential } = await import("../components/aws/credentials/client-credential.ts");
  const place = placeOf(aws);
  const opts = optionsOf(connected);
  const everyone = [...Object.values(readers.apps ?? {}), ...Object.values(readers.operators ?? {}), readers.companies];
  const all = [...new Set(everyone.flatMap((roles) => roles ?? []))];
  const store = new CredentialStore(
    "credentials",
    { place, readers: all, writers: aws.deployers, recoveryDays },
    guarded(connected, environment),
  );
  const keep = (path: string, client: Partial<Client>, readers: readonly string[] = [], company?: string) => {
    const { clientId, clientSecret } = client;
    if (clientId === undefined || clientSecret === undefined) return;
    const { issuer } = needs;
    new ClientCredential(path, { place, store, path, readers, company, clientId, clientSecret, issuer }, opts);
  };
  for (const [name, app] of Object.entries(needs.apps)) keep(`apps/${name}`, app, readers.apps?.[name]);
  const { "first-roles": ofTheAction, ...programs } = needs.operators; // the Action has its secret, and nobody else needs it
  for (const [name, one] of Object.entries(programs)) keep(`operators/${name}`, one, readers.operators?.[name]);
  for (const [slug, { machines }] of Object.entries(needs.companies)) {
    for (const [name, one] of Object.entries(machines)) {
      keep(`companies/${slug}/${name}`, one, readers.companies, slug);
    }
  }
  return { keyArn: store.keyArn };
}

/** What the apps' back ends need to know, where they find it. */
async function declareAppSettings(settings: Settings, connected: ConnectedAws, needs: AwsNeeds) {
  const { aws, claimNamespace, others, companies, environment } = settings;
  if (!aws?.appSettings) return undefined;
  const { AppSettings } = await import("../components/aws/settings/app-settings.ts");
  const clientIds = Object.entries(needs.apps).map(([name, { clientId }]) => [`apps/${name}/client-id`, clientId]);
  const identifiers = Object.entries(needs.apis).map(([name, api]) => [`apis/${name}/identifier`, api.identifier]);
  const { path, readerPolicy } = new AppSettings(
    "app-settings",
    {
      place: placeOf(aws),
      readers: [...aws.appSettings.readers, ...(aws.previewers ?? [])],
      writers: aws.deployers,
      parameters: {
        issuer: needs.issuer,
        "claim-namespace": claimNamespace,
        ...Object.fromEntries([...clientIds, ...identifiers]),
      },
      directory: needs.directory.apply((declared) => {
        const [one] = companies;
        return textOf(others && one ? directoryBeside(others.directory, one.slug, declared) : declared);
      }),
    },
    guarded(connected, environment),
  );
  return { path, readerPolicy };
}

/** The same text of the same directory, in whatever order it came together: a stack reference gives keys in another than the program. */
function textOf(directory: Directory): string {
  return JSON.stringify(directory, (_, value: unknown) =>
    isMap(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

function placeOf({ account, region, prefix, tags }: PlacedAws) {
  return { account, region, prefix, tags };
}

function optionsOf({ provider }: ConnectedAws): pulumi.ComponentResourceOptions {
  return provider === undefined ? {} : { providers: [provider] };
}

/** The same for what must not go by mistake, where the environment guards. */
function guarded(connected: ConnectedAws, { guard }: Settings["environment"]): pulumi.ComponentResourceOptions {
  return { ...optionsOf(connected), protect: guard.protect };
}
