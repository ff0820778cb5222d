import { expect, test } from "vitest";
import { expectRefused, refusal } from "./refusals.ts";
import { domain, sdk, time } from "./tenant.ts";

const connection = "Username-Password-Authentication";
const password = "Correct-horse-1";
const make = (name: string) => sdk.users.create({ connection, password, email: `${name}@example.com` });
const noUser = refusal(404, "The user does not exist.", "inexistent_user");

test("a ticket is a link of the tenant's own", async () => {
  const { user_id = "" } = await make("ticket");
  const link = new RegExp(`^https://${domain}/`);
  expect(await sdk.tickets.verifyEmail({ user_id })).toEqual({ ticket: expect.stringMatching(link) });
  expect(await sdk.tickets.changePassword({ user_id })).toEqual({ ticket: expect.stringMatching(link) });
  await expectRefused(sdk.tickets.verifyEmail({ user_id: "auth0|nobody" }), noUser);
});

test("a job is pending at first and done when it is read", async () => {
  const { user_id = "" } = await make("job");
  const job = await sdk.jobs.verificationEmail.create({ user_id });
  expect(job).toEqual({
    id: expect.stringMatching(/^job_\w{16}$/),
    type: "verification_email",
    status: "pending",
    created_at: expect.stringMatching(time),
  });
  expect(await sdk.jobs.get(job.id)).toEqual({ ...job, status: "completed" });
  await expectRefused(sdk.jobs.get("job_0000000000000000"), refusal(404, "Job not found."));
});

test("accounts are found by address, linked and unlinked", async () => {
  const { user_id: one = "" } = await make("one");
  const { user_id: two = "" } = await make("two");
  expect(await sdk.users.listUsersByEmail({ email: "one@example.com" })).toMatchObject([{ user_id: one }]);
  const identities = await sdk.users.identities.link(one, { provider: "auth0", user_id: two });
  expect(identities).toMatchObject([
    { connection, provider: "auth0", isSocial: false },
    { connection, provider: "auth0", isSocial: false, profileData: { email: "two@example.com" } },
  ]);
  await expectRefused(sdk.users.get(two), noUser);
  expect(await sdk.users.identities.delete(one, "auth0", two.replace("auth0|", ""))).toMatchObject([{ connection }]);
  expect(await sdk.users.get(two)).toMatchObject({ user_id: two, email: "two@example.com" });
});

test("nobody is blocked", async () => {
  const { user_id = "" } = await make("blocked");
  expect(await sdk.userBlocks.list(user_id)).toEqual({ blocked_for: [] });
  expect(await sdk.userBlocks.listByIdentifier({ identifier: "blocked@example.com" })).toEqual({ blocked_for: [] });
  await sdk.userBlocks.delete(user_id);
  await sdk.userBlocks.deleteByIdentifier({ identifier: "blocked@example.com" });
  await expectRefused(sdk.userBlocks.list("auth0|nobody"), noUser);
});

test("a client gets another secret", async () => {
  const made = await sdk.clients.create({ name: "rotated" });
  const { client_id = "", client_secret = "" } = made;
  const rotated = await sdk.clients.rotateSecret(client_id);
  expect(rotated).toEqual({ ...made, encrypted: undefined, client_secret: expect.not.stringMatching(client_secret) });
  expect(await sdk.clients.get(client_id)).toEqual(rotated);
});

test("a machine cannot make a person's device credential", async () => {
  expect((await sdk.deviceCredentials.list()).data).toEqual([]);
  const { client_id = "" } = await sdk.clients.create({ name: "phone" });
  const given = { device_name: "phone", type: "public_key" as const, value: "key", device_id: "1", client_id };
  const mine = "Insufficient scope, expected any of: create:current_user_device_credentials";
  await expectRefused(sdk.deviceCredentials.createPublicKey(given), refusal(403, mine, "insufficient_scope"));
  await sdk.deviceCredentials.delete("dcr_0000000000000000");
  expect((await sdk.deviceCredentials.list()).data).toEqual([]);
});
