import type { Directory, DirectoryOrganization } from "../../../access/directory.ts";

const customer: DirectoryOrganization = {
  slug: "dune-crafts",
  displayName: "Dune Crafts",
  type: "customer",
  state: "live",
  conditions: { api_access: "on" },
  domains: [],
  guests: [],
  passwords: true,
};

const company = (slug: string, displayName: string, more: Partial<DirectoryOrganization> = {}) => ({
  ...customer,
  slug,
  displayName,
  ...more,
});
const sso = (domain: string, more: Partial<DirectoryOrganization> = {}) => ({
  domains: [domain],
  passwords: false,
  ...more,
});
const vendor = (kind: string, more: Partial<DirectoryOrganization> = {}) => ({
  type: "vendor",
  conditions: { vendor_kind: kind },
  ...more,
});
const denied = { individuals: "deny" } as const;

/** A tenant with each kind of app and company; an organization id is `org_` and the slug. */
export const directory: Directory = {
  issuer: "https://tenant.example/",
  apps: {
    main: {
      clientId: "main-client",
      url: "https://app.example",
      policy: { orgTypes: ["customer"], orgRequires: {}, individuals: "allow", app: "main" },
      individuals: { clientId: "personal-client", url: "https://app.example/personal" },
    },
    portal: {
      clientId: "portal-client",
      url: "https://portal.example",
      policy: { orgTypes: ["customer"], orgRequires: { api_access: "on" }, ...denied, app: "portal" },
    },
    catering: {
      clientId: "catering-client",
      url: "https://catering.example",
      policy: { orgTypes: ["vendor"], orgRequires: { vendor_kind: "catering" }, ...denied },
    },
    rental: {
      clientId: "rental-client",
      url: "https://rental.example",
      policy: { orgTypes: ["vendor"], orgRequires: { vendor_kind: "rental" }, ...denied },
    },
    kiosk: {
      clientId: "kiosk-client",
      url: "https://kiosk.example",
      policy: { orgTypes: [], orgRequires: { never: "asked" }, individuals: "allow" },
    },
  },
  apis: { service: { identifier: "https://api.example" } },
  organizations: {
    org_dune: { ...customer, memberRoles: ["owner"], limits: { members: 5 } },
    org_quiet: company("quiet", "Quiet", { conditions: { api_access: "off" } }),
    org_acme: company("acme", "Acme", sso("acme.example")),
    org_borealis: company(
      "borealis",
      "Borealis",
      sso("borealis.example", { conditions: { api_access: "off" }, guests: ["acme.example"] }),
    ),
    org_cedar: company("cedar", "Cedar", sso("cedar.example", { passwords: true })),
    org_gone: company("gone", "Gone", sso("gone.example", { state: "suspended" })),
    org_pilot: company("pilot", "Pilot", sso("pilot.example", { state: "pilot" })),
    org_left: company("left", "Left", { state: "retired", conditions: { api_access: "on", status: "active" } }),
    org_table: company("table", "Table", vendor("catering")),
    org_only: company("only", "Only", { apps: ["main"] }),
    org_never: company("never", "Never", { apps: ["portal"] }),
    org_two: company("two", "Two", { subdomains: ["one", "2"] }),
    org_wheel: company("wheel", "Wheel", vendor("rental")),
    org_feast: company("feast", "Feast", vendor("catering", sso("feast.example", { state: "suspended" }))),
    org_odd: company("odd", "Odd", vendor("flowers", sso("odd.example"))),
  },
};
