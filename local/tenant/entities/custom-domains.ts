import { randomBytes } from "node:crypto";
import { alphanumerics, prefixed } from "../ids.ts";
import { badBody, conflict, type Fault, missing } from "../management/faults.ts";
import { choice, freeRecord, nullable, record, text } from "../management/fields.ts";
import { type Body, bodyAt, isBody, listAt, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Family, Route, Tenant } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { isSet } from "./dns-records.ts";

const header = nullable(choice(["true-client-ip", "cf-connecting-ip", "x-forwarded-for", "x-azure-clientip", ""]));

const settings = {
  tls_policy: choice(["recommended"]),
  custom_client_ip_header: header,
  domain_metadata: freeRecord({ max: 10, values: nullable(text({ max: 255 })) }),
  relying_party_identifier: nullable(text({ max: 255, format: "hostname-pattern" })),
};

/** https://auth0.com/docs/api/management/v2/custom-domains/post-custom-domains */
const fields = record(
  {
    ...settings,
    domain: text({ min: 3, max: 255, format: "hostname-pattern" }),
    type: choice(["auth0_managed_certs", "self_managed_certs"]),
    verification_method: choice(["txt"]),
  },
  { required: ["domain", "type"] },
);

/** Auth0 names the domain that is not there. */
function inexistent(id = ""): Fault {
  return missing(`The custom domain ${id === "" ? "" : `${id} `}does not exist`, "inexistent_custom_domain");
}

/** Kinds of certificates that a tenant has had: once it kept its own, a later domain is not its primary one. */
const kinds = "custom-domain-kinds";
const selfManaged = "self_managed_certs";

function isManaged(domain: Body): boolean {
  return domain.type === "auth0_managed_certs";
}

const customDomain: Entity = {
  family: "custom-domains",
  path: "/custom-domains",
  idField: "custom_domain_id",
  newId: prefixed("cd"),
  missing: inexistent(),
  keys: [
    {
      name: "domain",
      of: (body) => textAt(body, "domain"),
      conflict: conflict("The custom domain already exists.", "custom_domain_conflict").fault,
    },
  ],
  // read by a route of its own, for the refusal
  readable: false,
  create: { fields, status: 201 },
  update: { fields: record(settings), merged: ["domain_metadata"] },
  remove: { status: 204, repeated: 204 },
  defaults: (body, { tenant: { objects } }) => {
    const managed = isManaged(body);
    const first = objects.store.count({ family: "custom-domains" }) === 0;
    return {
      primary: managed && first && !objects.store.get(kinds, selfManaged),
      status: "pending_verification",
      verification: { methods: [managed ? alias(body) : proof(body)] },
      created_at: new Date().toISOString(),
      ...(managed ? { tls_policy: "recommended" } : { custom_client_ip_header: null }),
    };
  },
  settle,
  afterCreate: ({ body }, { tenant: { objects } }) => {
    if (!isManaged(body) && !objects.store.get(kinds, selfManaged))
      objects.store.insert(kinds, "", selfManaged, {}, []);
  },
  shown: ({ body }) => shown(body),
  list: { items: "custom_domains", style: "pages", questions: ["domain"], sort: ["domain"], fields: [] },
};

/** What belongs to one kind of certificates only; a null that was never set is no setting. */
function settle(next: Body, { body }: Call, before?: Stored): Body {
  const managed = isManaged(next);
  if (!managed && body.tls_policy !== undefined)
    throw badBody("The 'tls_policy' cannot be set on self_managed domains");
  if (managed && typeof body.custom_client_ip_header === "string")
    throw badBody("The 'custom_client_ip_header' cannot be set on auth0_managed domains");
  const domain = textAt(next, "domain") ?? "";
  const party = textAt(next, "relying_party_identifier");
  if (party !== undefined && party !== domain && !domain.endsWith(`.${party}`))
    throw badBody("The 'relying_party_identifier' must be equal to or a registrable domain suffix of the domain.");
  // a header that is unset shows as null, where other fields disappear
  const header = managed ? {} : { custom_client_ip_header: next.custom_client_ip_header ?? null };
  // what a client of several domains sets, or changes, tells from then on which of them is the default
  const told = before !== undefined || party !== undefined;
  return {
    ...omit(next, ["custom_client_ip_header", ...(party === undefined ? ["relying_party_identifier"] : [])]),
    ...header,
    ...(told ? { is_default: next.is_default ?? false } : {}),
  };
}

/** With Auth0's certificates a domain tells its age only where it tells whether it is the default. */
function shown(domain: Body): Body {
  return isManaged(domain) && domain.is_default === undefined ? omit(domain, ["created_at"]) : domain;
}

const edge = "edge.tenants.localhost";

function alias(body: Body): Body {
  return {
    name: "CNAME",
    record: `${alphanumerics(16).toLowerCase()}.${edge}`,
    domain: textAt(body, "domain") ?? "",
  };
}

function proof(body: Body): Body {
  return {
    name: "TXT",
    record: alphanumerics(32).toLowerCase(),
    domain: `_cf-custom-hostname.${textAt(body, "domain")}`,
  };
}

function required({ params: { id = "" }, tenant: { objects } }: Call): Stored {
  return objects.require("custom-domains", id, inexistent(id));
}

const read: Route = {
  method: "GET",
  path: "/custom-domains/:id",
  handle: (call) => ({ status: 200, body: shown(required(call).body) }),
};

/**
 * Looking the record up would leave this machine, so it counts as set, unless `DNS_RECORDS` says that `/.local/dns` tells which
 * are. The key for the operator's proxy is told once, and no answer of this operation says whether the domain is the default.
 */
const verify: Route = {
  method: "POST",
  path: "/custom-domains/:id/verify",
  handle: (call) => {
    const stored = required(call);
    const before = stored.body;
    if (before.status !== "ready" && !isProven(call.tenant, before))
      return { status: 200, body: omit(shown(before), ["is_default"]) };
    const origin_domain_name = before.origin_domain_name ?? `${alphanumerics(16).toLowerCase()}.${edge}`;
    const { body } = call.tenant.objects.rewrite(stored, { ...before, status: "ready", origin_domain_name });
    const key =
      isManaged(before) || before.status === "ready" ? {} : { cname_api_key: randomBytes(64).toString("hex") };
    return { status: 201, body: { ...omit(shown(body), ["is_default"]), ...key } };
  },
};

function isProven({ objects, switches }: Tenant, domain: Body): boolean {
  const methods = listAt(bodyAt(domain, "verification"), "methods").filter(isBody);
  return switches.DNS_RECORDS === "counted" || methods.every((method) => isSet(objects, method));
}

/** The test asks the domain itself, which nothing here answers for. */
const probe: Route = {
  method: "POST",
  path: "/custom-domains/:id/test",
  handle: (call) => {
    if (required(call).body.status !== "ready") throw conflict("The custom domain is not ready.");
    return { status: 200, body: { success: false, message: "The custom domain did not answer." } };
  },
};

function defaultDomain({ objects }: Tenant): Stored | undefined {
  return objects.store.select({ family: "custom-domains" }).find(({ body }) => body.is_default === true);
}

/** As long as no custom domain is made the default, the tenant's own is. */
const readDefault: Route = {
  method: "GET",
  path: "/custom-domains/default",
  handle: ({ tenant }) => ({ status: 200, body: defaultDomain(tenant)?.body ?? { domain: tenant.domain } }),
};

const setDefault: Route = {
  method: "PATCH",
  path: "/custom-domains/default",
  fields: record({ domain: text({ min: 3, max: 255 }) }, { required: ["domain"] }),
  handle: ({ body, tenant }) => {
    const { objects, domain } = tenant;
    const chosen = objects.store.owner("custom-domains", "domain", textAt(body, "domain") ?? "");
    if (body.domain !== domain && chosen?.body.status !== "ready")
      throw badBody("The domain must be verified before it can be set as default.");
    const earlier = defaultDomain(tenant);
    if (earlier && earlier.id !== chosen?.id) objects.rewrite(earlier, { ...earlier.body, is_default: false });
    return {
      status: 200,
      body: chosen ? objects.rewrite(chosen, { ...chosen.body, is_default: true }).body : { domain },
    };
  },
};

export const customDomains: Family = {
  entities: [customDomain],
  routes: [read, verify, probe, readDefault, setDefault],
};
