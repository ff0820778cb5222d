import { expect, test } from "vitest";
import { collection } from "./collection.ts";
import { expectRefused, refusal } from "./refusals.ts";
import { domain, sdk, time } from "./tenant.ts";

collection({
  family: "custom domains",
  id: "custom_domain_id",
  create: (n) => sdk.customDomains.create({ domain: `login-${n}.example.com`, type: "auth0_managed_certs" }),
  made: {
    custom_domain_id: expect.stringMatching(/^cd_\w{16}$/),
    domain: "login-1.example.com",
    type: "auth0_managed_certs",
    primary: true,
    status: "pending_verification",
    tls_policy: "recommended",
    verification: {
      methods: [
        {
          name: "CNAME",
          domain: "login-1.example.com",
          record: expect.stringMatching(/^[a-z0-9]{16}\.edge\.tenants\.localhost$/),
        },
      ],
    },
  },
  get: ({ custom_domain_id }) => sdk.customDomains.get(custom_domain_id),
  list: { whole: () => sdk.customDomains.list() },
  update: {
    send: ({ custom_domain_id }) => sdk.customDomains.update(custom_domain_id, { domain_metadata: { brand: "blue" } }),
    // from the first update on a domain tells its age, and whether it is the default
    changes: { domain_metadata: { brand: "blue" }, is_default: false, created_at: expect.stringMatching(time) },
  },
  conflict: {
    send: () => sdk.customDomains.create({ domain: "login-1.example.com", type: "auth0_managed_certs" }),
    refused: refusal(409, "The custom domain already exists.", "custom_domain_conflict"),
  },
  remove: {
    send: ({ custom_domain_id }) => sdk.customDomains.delete(custom_domain_id),
    gone: ({ custom_domain_id }) =>
      refusal(404, `The custom domain ${custom_domain_id} does not exist`, "inexistent_custom_domain"),
  },
});

test("a domain is verified, and tried before", async () => {
  const made = await sdk.customDomains.create({ domain: "tried.example.com", type: "auth0_managed_certs" });
  const id = made.custom_domain_id;
  await expectRefused(sdk.customDomains.test(id), refusal(409, "The custom domain is not ready."));
  expect(await sdk.customDomains.verify(id)).toMatchObject({ custom_domain_id: id, domain: "tried.example.com" });
  await expectRefused(
    sdk.customDomains.verify("cd_0000000000000000"),
    refusal(404, "The custom domain cd_0000000000000000 does not exist", "inexistent_custom_domain"),
  );
});

test("the tenant's own domain is the default one until another is", async () => {
  expect(await sdk.customDomains.getDefault()).toEqual({ domain });
  expect(await sdk.customDomains.setDefault({ domain })).toEqual({ domain });
  await expectRefused(
    sdk.customDomains.setDefault({ domain: "login-2.example.com" }),
    refusal(400, "The domain must be verified before it can be set as default.", "invalid_body"),
  );
});
