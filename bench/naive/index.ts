import { readFileSync } from "node:fs";
import * as auth0 from "@pulumi/auth0";

/*
 * What the benchmark compares with: a program as examples have it. One file, one loop over the customers, four resources each, and every
 * preview looks at all of them.
 */

interface Customer {
  readonly slug: string;
  readonly displayName: string;
  readonly domain: string;
}

const customers = JSON.parse(readFileSync(new URL("customers.json", import.meta.url), "utf8")) as Customer[];

for (const { slug, displayName, domain } of customers) {
  const organization = new auth0.Organization(slug, { name: slug, displayName });
  const connection = new auth0.Connection(slug, {
    name: `${slug}-sso`,
    strategy: "oidc",
    options: {
      type: "back_channel",
      issuer: `https://login.${domain}/`,
      discoveryUrl: `https://login.${domain}/.well-known/openid-configuration`,
      clientId: "travel",
      clientSecret: "hush",
      domainAliases: [domain],
    },
  });
  new auth0.OrganizationConnection(slug, { organizationId: organization.id, connectionId: connection.id });
  new auth0.Client(slug, { name: slug, appType: "non_interactive", grantTypes: ["client_credentials"] });
}
