import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { type Terms, writeTerms } from "../../access/terms.ts";
import type { OrganizationStatus, OrganizationType } from "../../access/words.ts";
import type { Guard } from "../guard.ts";
import { CompanyDatabase } from "./company-database.ts";
import { replaceWithConnection } from "./connection-options.ts";
import { EnterpriseConnection } from "./enterprise-connection.ts";
import { MachineAccess, type MachineProof } from "./machine-access.ts";
import type { ConnectionSettings } from "./strategies.ts";

export interface CompanyArgs extends Terms {
  readonly displayName: string;
  readonly type: OrganizationType;
  readonly status: OrganizationStatus;
  /** Whether addresses at the connections' domains are sent to them, and who signs in there becomes a member. Not in a pilot. */
  readonly routed: boolean;
  /** What the apps' policies ask for, such as `api_access: "on"`. */
  readonly conditions: Readonly<Record<string, string>>;
  /** The company's stage in the sales funnel. @default none: each person's own counts */
  readonly stage?: string | undefined;
  /** @default the tenant's */
  readonly branding?:
    | { readonly logoUrl: string; readonly primaryColor: string; readonly backgroundColor: string }
    | undefined;
  /** By connection name. @default none: the shared directory, for members by invitation */
  readonly connections?: Readonly<Record<string, ConnectionSettings>> | undefined;
  /** By name. @default none: no machine access */
  readonly machines?: Readonly<Record<string, CompanyMachine>> | undefined;
  /** The apps that may use each connection, by its name. */
  readonly clientIds: (connection: string) => readonly pulumi.Input<string>[];
  /** Whether an app finds the organization by an address at its domains, before anyone signs in. */
  readonly discoverable: boolean;
  /** Whether the shared directory serves the company beside its connections. @default false: without connections alone */
  readonly passwords?: boolean | undefined;
  /** The shared directory, for companies without single sign-on and for a break-glass account. */
  readonly directoryId: pulumi.Input<string>;
  readonly guard: Guard;
}

/** A client of the company's own. */
export interface CompanyMachine {
  readonly audience: pulumi.Input<string>;
  readonly scopes: readonly string[];
  readonly proof: MachineProof;
}

/** Id and secret of such a client; no secret where it proves itself with a key. */
export type MachineCredentials = Pick<MachineAccess, "clientId" | "clientSecret">;

/** One company, customer or vendor: an organization, how its people sign in, and its machine access. The name is its slug. */
export class Company extends pulumi.ComponentResource {
  readonly organizationId: pulumi.Output<string>;
  /** Ids of the company's own connections, by name. */
  readonly connectionIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** The company's own clients, by name. */
  readonly machines: Readonly<Record<string, MachineCredentials>>;

  constructor(name: string, args: CompanyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:Company", name, args, pulumi.mergeOptions({ protect: args.guard.protect }, opts));
    const organization = this.createOrganization(name, args);
    this.connectionIds = this.connectOwn(name, args, organization);
    if (!args.connections || args.passwords) this.connectDirectory(name, args, organization);
    this.organizationId = organization.id;
    this.machines = this.createMachines(name, args, organization);
    this.registerOutputs({
      organizationId: this.organizationId,
      connectionIds: this.connectionIds,
      machines: this.machines,
    });
  }

  private createOrganization(name: string, args: CompanyArgs): auth0.Organization {
    const { branding, stage } = args;
    return new auth0.Organization(
      name,
      {
        name,
        displayName: args.displayName,
        metadata: {
          type: args.type,
          status: args.status,
          ...args.conditions,
          ...(stage === undefined ? {} : { stage }),
          ...writeTerms(args),
        },
        ...(branding && {
          branding: {
            logoUrl: branding.logoUrl,
            colors: { primary: branding.primaryColor, page_background: branding.backgroundColor },
          },
        }),
      },
      { parent: this },
    );
  }

  private connectOwn(slug: string, args: CompanyArgs, organization: auth0.Organization) {
    const { connections = {}, clientIds, discoverable, guard, routed } = args;
    const made = Object.entries(connections).map(([name, settings]) => {
      const shared = { organizationId: organization.id, clientIds: clientIds(name), guard };
      const { connectionId } =
        settings.strategy === "database"
          ? new CompanyDatabase(name, { slug, settings, members: routed, ...shared }, { parent: this })
          : new EnterpriseConnection(name, { slug, settings, routed, ...shared }, { parent: this });
      return [name, connectionId] as const;
    });
    const domains = Object.values(connections).flatMap((one) => (one.strategy === "database" ? [] : one.domains));
    if (discoverable && routed && domains.length > 0) this.discoverBy(slug, domains, organization);
    return Object.fromEntries(made);
  }

  /** https://auth0.com/docs/manage-users/organizations/configure-organizations/create-org-domains */
  private discoverBy(name: string, domains: readonly string[], organization: auth0.Organization): void {
    new auth0.OrganizationDiscoveryDomains(
      name,
      {
        organizationId: organization.id,
        // One resource for all: a domain that leaves is a change of what is protected, not its deletion.
        discoveryDomains: domains.map((domain) => ({
          domain,
          status: "verified", // said, not proven: Auth0 takes the program's word for it
          useForOrganizationDiscovery: true,
        })),
      },
      { parent: this },
    );
  }

  private connectDirectory(name: string, { directoryId }: CompanyArgs, organization: auth0.Organization): void {
    new auth0.OrganizationConnection(
      `${name}-directory`,
      {
        organizationId: organization.id,
        connectionId: directoryId,
        // Members are invited: an individual's login must never make a membership.
        assignMembershipOnLogin: false,
        isSignupEnabled: false,
      },
      { parent: this, ...replaceWithConnection },
    );
  }

  private createMachines(slug: string, { machines = {}, displayName }: CompanyArgs, organization: auth0.Organization) {
    const made = Object.entries(machines).map(([name, machine]): [string, MachineCredentials] => {
      const { clientId, clientSecret } = new MachineAccess(
        `${slug}-${name}`,
        { displayName: `${displayName} (${name})`, organizationId: organization.id, ...machine },
        { parent: this },
      );
      return [name, { clientId, clientSecret }];
    });
    return Object.fromEntries(made);
  }
}
