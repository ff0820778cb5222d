import { alphanumerics, prefixed } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { choice, freeRecord, nullable, record, text } from "../management/fields.ts";
import { type Body, pick, textAt } from "../management/json.ts";
import type { Entity, Family, Route } from "../management/tables.ts";

const header = nullable(choice(["true-client-ip", "cf-connecting-ip", "x-forwarded-for", "x-azure-clientip", ""]));

const settings = {
  tls_policy: choice(["recommended"]),
  custom_client_ip_header: header,
  domain_metadata: freeRecord({ max: 10, values: nullable(text({ max: 255 })) }),
  relying_party_identifier: nullable(text({ max: 255 })),
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

const customDomain: Entity = {
  family: "custom-domains",
  path: "/custom-domains",
  idField: "custom_domain_id",
  newId: prefixed("cd"),
  missing: missing("The custom domain does not exist", "inexistent_custom_domain"),
  keys: [
    {
      name: "domain",
      of: (body) => textAt(body, "domain"),
      conflict: conflict("The custom domain already exists.", "custom_domain_conflict").fault,
    },
  ],
  create: { fields, status: 201 },
  update: { fields: record(settings), merged: ["domain_metadata"] },
  remove: { status: 204, repeated: 204 },
  defaults: (body) => {
    const managed = textAt(body, "type") === "auth0_managed_certs";
    return {
      primary: false,
      is_default: false,
      status: "pending_verification",
      verification: { methods: [managed ? alias(body) : proof(body)] },
      ...(managed ? { tls_policy: "recommended" } : { custom_client_ip_header: null }),
      created_at: new Date().toISOString(),
    };
  },
  list: { items: "custom_domains", style: "pages", questions: ["domain"] },
};

function alias(body: Body): Body {
  return {
    name: "CNAME",
    record: `${alphanumerics(16).toLowerCase()}.edge.tenants.localhost`,
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

/** Looking the records up would leave this machine, so a domain stays pending. */
const verify: Route = {
  method: "POST",
  path: "/custom-domains/:id/verify",
  handle: ({ params, tenant: { objects } }) => {
    const { body } = objects.require("custom-domains", params.id ?? "", customDomain.missing);
    return { status: 201, body };
  },
};

const readDefault: Route = {
  method: "GET",
  path: "/custom-domains/default",
  handle: ({ tenant: { domain } }) => ({ status: 200, body: { domain, is_default: true } }),
};

const setDefault: Route = {
  method: "PATCH",
  path: "/custom-domains/default",
  fields: record({ domain: text({ min: 3, max: 255 }) }, { required: ["domain"] }),
  handle: ({ body, tenant: { objects, domain } }) => {
    const wanted = textAt(body, "domain") ?? "";
    if (wanted === domain) return { status: 200, body: { domain, is_default: true } };
    const found = objects.store.owner("custom-domains", "domain", wanted);
    if (!found) throw new Refusal(customDomain.missing);
    if (found.body.status !== "ready") throw badBody("The domain must be verified before it can be set as default.");
    return { status: 200, body: pick(found.body, ["domain", "custom_domain_id", "is_default"]) };
  },
};

export const customDomains: Family = { entities: [customDomain], routes: [verify, readDefault, setDefault] };
