import { entity } from "./entity.ts";
import { mergedMap } from "./mapping.ts";

/** https://auth0.com/docs/api/management/v2/custom-domains/post-custom-domains */
export const customDomain = entity({
  collection: "custom-domains",
  idField: "custom_domain_id",
  mapping: { once: ["domain", "type"], unsent: ["domain_metadata"] },
  sent: (body, step) => {
    const metadata = mergedMap(step, "domain_metadata");
    return metadata ? { ...body, domain_metadata: metadata } : body;
  },
  nulls: ({ config, changed }) =>
    changed("relying_party_identifier") && config.relying_party_identifier === null
      ? { relying_party_identifier: null }
      : {},
  nullsFirst: true,
});
