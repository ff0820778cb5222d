import { next } from "../../../login/next.ts";
import { type PlainTenant, tenantOf } from "../../../login/plain.ts";
import type { Known, LoginError, Request, Step } from "../../../login/request.ts";
import { defaultAnswers, type LoginSwitches } from "../../../login/switches.ts";
import type { Client, Connection, Tenant } from "../../../login/tenant.ts";

export const connection = (id: string, kind: Connection["kind"], more: Partial<Connection> = {}): Connection => ({
  ...{ id, name: id, kind, domains: [], button: false, signup: kind === "database", domainLevel: false },
  ...more,
});

export const link = (id: string, more: object = {}) => ({
  ...{ connection: id, autoMembership: false, signup: false, button: true },
  ...more,
});

const app = (more: Partial<Client> = {}): Client => ({
  ...{ id: "app", usage: "allow", behaviour: "post_login_prompt", discovery: ["email", "organization_name"] },
  ...{ firstParty: true, connections: ["people", "acme-sso"] },
  ...more,
});

/** Acme signs in by its own provider, Borealis by the people's database; both have members. */
export const story: PlainTenant = {
  settings: { organizationNames: false, identifierFirst: true },
  clients: [app()],
  connections: [
    connection("people", "database"),
    connection("acme-sso", "enterprise", { domains: ["acme.com"] }),
    connection("other-sso", "enterprise", { domains: ["other.com"] }),
    connection("google", "social"),
  ],
  organizations: [
    {
      id: "org_acme",
      name: "acme",
      thirdParty: false,
      domains: ["acme.com"],
      connections: [link("acme-sso", { autoMembership: true })],
    },
    {
      id: "org_borealis",
      name: "borealis",
      thirdParty: false,
      domains: ["borealis.com", "shared.com"],
      connections: [link("people")],
    },
    {
      id: "org_cedar",
      name: "cedar",
      thirdParty: false,
      domains: ["shared.com"],
      connections: [link("people"), link("other-sso")],
    },
  ],
  users: [
    { id: "ann", email: "ann@acme.com", blocked: false },
    { id: "bob", email: "bob@example.com", blocked: false },
    { id: "cat", email: "cat@example.com", blocked: false },
    { id: "ivy", email: "ivy@example.com", blocked: false },
    { id: "out", email: "out@example.com", blocked: true },
  ],
  memberships: [
    { organization: "org_borealis", user: "bob" },
    { organization: "org_cedar", user: "cat" },
    { organization: "org_borealis", user: "cat" },
  ],
  invitations: [
    { ticket: "good", organization: "org_borealis", client: "app", email: "IVY@example.com", expired: false },
    { ticket: "old", organization: "org_borealis", client: "app", email: "ivy@example.com", expired: true },
    { ticket: "else", organization: "org_cedar", client: "app", email: "ivy@example.com", expired: false },
    {
      ticket: "bound",
      organization: "org_cedar",
      client: "app",
      email: "ivy@example.com",
      connection: "other-sso",
      expired: false,
    },
  ],
};

export interface Given {
  readonly tenant?: Partial<PlainTenant>;
  readonly client?: Partial<Client>;
  readonly request?: Partial<Request>;
  readonly known?: Known;
  readonly switches?: Partial<LoginSwitches>;
}

/** What comes next in the story, with what is given changed. */
export function ask({ tenant = {}, client = {}, request = {}, known = {}, switches = {} }: Given) {
  const plain = { ...story, clients: [app(client)], ...tenant };
  return next(fresh(tenantOf(plain)), { client: "app", ...request }, known, { ...defaultAnswers, ...switches });
}

/** Makes everything anew at each look, as a tenant with a store does, and takes nothing for an id. */
function fresh(tenant: Tenant): Tenant {
  return new Proxy(tenant, {
    get: (target, name: keyof Tenant) => {
      const found = target[name];
      if (typeof found !== "function") return found;
      return (argument: string) => {
        if (found.length > 0 && typeof argument !== "string") throw new TypeError(`${name} of ${argument}`);
        return structuredClone(found(argument));
      };
    },
  });
}

export const step = (given: Given) => ask(given).step;
/** The rules that decided it, in order. */
export const decided = (given: Given) => ask(given).trace.map(({ rule }) => rule);

/** The tenant with one organization changed, or one connection. */
export const organization = (id: string, more: Partial<PlainTenant["organizations"][number]>) => ({
  organizations: story.organizations.map((one) => (one.id === id ? { ...one, ...more } : one)),
});
export const connections = (id: string, more: Partial<Connection>, ...added: readonly Connection[]) => ({
  connections: [...story.connections.map((one) => (one.id === id ? { ...one, ...more } : one)), ...added],
});

export const as = (user: string, connection = "people"): Known => ({ identity: { user, connection } });
export const session = (user: string, connection = "people", age = 60): Known => ({
  session: { user, connection, age },
});
export const denied = (error: string, description: string, more: Partial<LoginError> = {}): LoginError => ({
  ...{ kind: "error", error, description },
  ...more,
});
export const inside = (
  user: string,
  organization: string | undefined,
  more: Partial<Extract<Step, { kind: "actions" | "admitted" }>> = {},
): Step => ({
  ...{ kind: "actions", user, connection: "people" },
  ...(organization === undefined ? {} : { organization }),
  ...more,
});
