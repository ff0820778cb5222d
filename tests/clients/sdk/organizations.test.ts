import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk, time } from "./tenant.ts";

const gone = refusal(404, "No organization found by that id or name");

collection({
  family: "organizations",
  id: "id",
  create: (n) => sdk.organizations.create({ name: `org-${n}`, display_name: `Org ${n}`, metadata: { plan: "pro" } }),
  made: {
    id: expect.stringMatching(/^org_\w{16}$/),
    name: "org-1",
    display_name: "Org 1",
    metadata: { plan: "pro" },
  },
  get: ({ id = "" }) => sdk.organizations.get(id),
  // the one of the tables below is one more
  list: { pages: () => sdk.organizations.list({ take: 2 }), sizes: [2, 2, 2, 0] },
  update: {
    send: ({ id = "" }) => sdk.organizations.update(id, { display_name: "First", metadata: { plan: null } }),
    changes: { display_name: "First", metadata: undefined },
  },
  conflict: {
    send: () => sdk.organizations.create({ name: "org-1" }),
    refused: refusal(409, "An organization with this name already exists.", "organization_conflict"),
  },
  remove: { send: ({ id = "" }) => sdk.organizations.delete(id), gone, again: gone },
});

const { id: acme = "" } = await sdk.organizations.create({ name: "acme" });

collection({
  family: "discovery domains of an organization",
  id: "id",
  create: (n) => sdk.organizations.discoveryDomains.create(acme, { domain: `${n}.example.com`, status: "verified" }),
  made: {
    id: expect.stringMatching(/^ord_\w{22}$/),
    domain: "1.example.com",
    status: "verified",
    use_for_organization_discovery: true,
    verification_host: `_ss-verification.${acme}.1.example.com`,
    verification_txt: expect.stringMatching(/^[0-9a-f]{32}$/),
  },
  get: ({ id }) => sdk.organizations.discoveryDomains.get(acme, id),
  list: { pages: () => sdk.organizations.discoveryDomains.list(acme, { take: 2 }), sizes: [2, 2, 1] },
  update: {
    send: ({ id }) => sdk.organizations.discoveryDomains.update(acme, id, { status: "pending" }),
    changes: { status: "pending" },
  },
  conflict: {
    send: () => sdk.organizations.discoveryDomains.create(acme, { domain: "1.example.com" }),
    refused: refusal(
      409,
      "An organization discovery domain with this domain is already registered to this organization.",
    ),
  },
  remove: {
    send: ({ id }) => sdk.organizations.discoveryDomains.delete(acme, id),
    gone: refusal(404, "No organization domain found by that id"),
  },
});

const { client_id = "" } = await sdk.clients.create({
  ...{ name: "portal", app_type: "regular_web", organization_usage: "allow" },
  initiate_login_uri: "https://portal.example.com/login",
});

collection({
  family: "invitations of an organization",
  id: "id",
  create: (n) =>
    sdk.organizations.invitations.create(acme, {
      inviter: { name: "Ann" },
      invitee: { email: `guest${n}@example.com` },
      client_id,
      send_invitation_email: false,
    }),
  made: {
    id: expect.stringMatching(/^uinv_\w{16}$/),
    organization_id: acme,
    client_id,
    inviter: { name: "Ann" },
    invitee: { email: "guest1@example.com" },
    ticket_id: expect.stringMatching(/^\w{32}$/),
    invitation_url: expect.stringMatching(
      `^https://portal\\.example\\.com/login\\?invitation=\\w{32}&organization=${acme}&organization_name=acme$`,
    ),
    created_at: expect.stringMatching(time),
    expires_at: expect.stringMatching(time),
  },
  get: ({ id = "" }) => sdk.organizations.invitations.get(acme, id),
  // newest first
  list: {
    pages: () => sdk.organizations.invitations.list(acme, { per_page: 2 }),
    sizes: [2, 2, 1],
    order: [4, 3, 2, 1, 0],
  },
  remove: {
    send: ({ id = "" }) => sdk.organizations.invitations.delete(acme, id),
    gone: refusal(404, "The invitation does not exist.", "inexistent_invitation"),
  },
});
