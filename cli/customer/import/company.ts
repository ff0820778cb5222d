import { readDomains } from "../../../access/connection-domains.ts";
import { readTerms, termKeys } from "../../../access/terms.ts";
import { directoryName } from "../../../stacks/catalog.ts";
import { buttonText } from "../../../stacks/connection-settings.ts";
import { branding } from "../../../stacks/schema/look.ts";
import { isMap, plain } from "../../../stacks/schema/strict.ts";
import type { Findings } from "./findings.ts";
import { Options } from "./options.ts";
import { readers, type Told } from "./strategies.ts";
import type { FoundConnection, FoundOrganization } from "./tenant.ts";

/** What the entry says that the tenant does not know, or knows by another word. */
export interface Decided {
  readonly type: string;
  readonly conditions: Readonly<Record<string, string>>;
  readonly state?: string | undefined;
  readonly stage?: string | undefined;
  /** For a connection that has none in the tenant. */
  readonly domains: readonly string[];
  /** For Microsoft Entra ID, where the tenant has only a domain of the directory. */
  readonly tenantId?: string | undefined;
  /** Connections that entries of other companies have. */
  readonly taken: ReadonlySet<string>;
  /** The name of the secret of a connection. */
  readonly secretOf: (connection: string) => string;
}

/** A company's entry as its organization in the tenant has it; what an entry cannot say is in the findings. */
export function entryOf(found: FoundOrganization, decided: Decided, findings: Findings): Record<string, unknown> {
  const own = found.connections.filter(({ name }) => name !== directoryName && !decided.taken.has(name));
  const terms = readTerms(found.metadata);
  const guests = guestsOf(found, decided.taken, own.length > 0 && terms.breakGlass === undefined);
  const displayName = found.displayName ?? found.name;
  // Auth0 lets nobody into an organization by its name whose connections are all hidden
  const some = own.some((one) => readerOf(one) !== undefined && one.showAsButton !== false);
  if (own.length > 0 && !some) findings.note("organization", "no connection shows its button: each does after an up");
  const several = Object.fromEntries(own.map(({ name }) => [name, {}]));
  const connections = own.flatMap((one) => {
    const buttonSays = buttonText(one.name, { displayName, connections: several });
    const button = { buttonSays, hidden: some && one.showAsButton === false };
    const said = connectionOf(one, button, decided, findings);
    return said === undefined ? [] : [[one.name, said] as const];
  });
  noteLost(found, findings);
  const { type, conditions, state, stage } = decided;
  return {
    displayName,
    type,
    ...(state !== undefined && { state }),
    ...(stage !== undefined && { stage }),
    conditions,
    ...brandingOf(found.branding, findings),
    ...(connections.length > 0 && { connections: Object.fromEntries(connections) }),
    ...(guests.length > 0 && { guests }),
    ...terms,
  };
}

function guestsOf({ connections }: FoundOrganization, taken: ReadonlySet<string>, directory: boolean): string[] {
  const names = connections.map(({ name }) => name);
  return names.filter((name) => taken.has(name) || (name === directoryName && directory));
}

interface Button {
  /** Where the entry does not say it. */
  readonly buttonSays: string;
  readonly hidden: boolean;
}

function connectionOf(
  found: FoundConnection,
  { buttonSays, hidden }: Button,
  { domains: given, tenantId, secretOf }: Decided,
  findings: Findings,
): Told | undefined {
  const place = `connection ${plain(found.name)}`;
  const read = readerOf(found);
  if (read === undefined) {
    const scripted = found.strategy in readers;
    const what = scripted ? "a database with scripts of its own" : `strategy ${plain(found.strategy)}`;
    findings.fault(place, `${what}, which no entry says; allowed: ${Object.keys(readers).join(", ")}`);
    return undefined;
  }
  const options = new Options(place, found.options, findings);
  const {
    domains = [],
    profile,
    ...told
  } = read(options, { secret: secretOf(found.name), tenantId }) as Told & {
    readonly domains?: string[];
  };
  options.close();
  noteSurroundings(found, place, findings);
  const isDatabase = found.strategy === "auth0";
  const own = [domains, readDomains(found.metadata)?.domains ?? [], given].find((some) => some.length > 0) ?? [];
  if (!isDatabase && own.length === 0)
    findings.fault(place, "no domain in the tenant; allowed: --domain, the domains of its people's addresses", [
      `connections.${found.name}.domains`,
    ]);
  const text = found.displayName;
  const named = !isDatabase && text !== undefined && text !== buttonSays && text !== found.name;
  return {
    ...told,
    ...(!isDatabase && { domains: own }),
    ...(found.scim && { scim: true }),
    ...(profile !== undefined && profile !== (found.scim ? "first-login" : "each-login") && { profile }),
    ...(named && { displayName: text }),
    ...(!found.assignMembership && { autoMembership: false }),
    ...(hidden && !isDatabase && { showAsButton: false }),
  };
}

/** Undefined for a connection that no entry says. */
function readerOf({ strategy, options }: FoundConnection) {
  return options.enabledDatabaseCustomization === true ? undefined : readers[strategy];
}

function noteSurroundings(found: FoundConnection, place: string, findings: Findings): void {
  for (const key of Object.keys(found.metadata)) {
    if (key !== "slug" && !/^domains(_\d)?$/.test(key))
      findings.note(`${place}: metadata.${plain(key)}`, "no entry says it; an up takes it away");
  }
  if (found.signUp) findings.note(place, "people sign up at it: nobody does after an up");
  const strangers = found.apps.flatMap(({ name, app }) => (app === undefined ? [plain(name)] : []));
  if (strangers.length > 0)
    findings.note(
      place,
      `apps that the catalog does not have use it (${strangers.join(", ")}): an up takes it from them`,
    );
  if (found.others.length > 0)
    findings.note(
      place,
      `other organizations have it too (${found.others.map(plain).join(", ")}): their entries name it under guests`,
    );
}

const told = new Set(["type", "status", "stage", "api_access", "vendor_kind", ...termKeys]);

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/create-organizations */
function noteLost({ metadata, grants, discoveryDomains, connections }: FoundOrganization, findings: Findings): void {
  for (const key of Object.keys(metadata))
    if (!told.has(key)) findings.note(`organization: metadata.${plain(key)}`, "no entry says it; an up takes it away");
  if (grants > 0)
    findings.note(
      "organization",
      `clients' grants (${grants}): not taken over; what the entry says under machines are new clients`,
    );
  if (connections.length === 0)
    findings.note(
      "organization",
      "no connection: its members sign in with a password of the shared directory after an up",
    );
  const routed = connections.flatMap(({ options }) => options.domain_aliases);
  const unrouted = discoveryDomains.filter((domain) => !routed.includes(domain));
  if (unrouted.length > 0)
    findings.note(
      "organization",
      `discovery domains that no connection has (${unrouted.join(", ")}): an up takes them away`,
    );
}

function brandingOf(found: unknown, findings: Findings): object {
  if (!isMap(found)) return {};
  const { primary, page_background } = Object(found.colors);
  const read = branding.safeParse({ logoUrl: found.logo_url, primaryColor: primary, backgroundColor: page_background });
  if (read.success) return { branding: read.data };
  findings.note("organization: branding", "not a logo at an https URL and two colours, so the entry does not say it");
  return {};
}
