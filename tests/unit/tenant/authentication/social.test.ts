import { expect, test } from "vitest";
import { MisbehavingProvider } from "../../../harness/misbehaving-provider.ts";
import { ownFolder } from "../harness.ts";
import { admitted, arrivedAt, Shop } from "./shop.ts";

test("a social account is known by its provider alone, whatever the connection is called", async () => {
  const folder = ownFolder();
  const issuer = "https://accounts.google.com";
  const provider = await MisbehavingProvider.start(folder, issuer);
  try {
    const shop = await Shop.open({ folder, options: { providers: { [issuer]: provider.url } } });
    await shop.tenant.make("/connections", {
      name: "public",
      strategy: "google-oauth2",
      options: { client_id: "the-tenant", client_secret: "the-secret" },
      enabled_clients: [shop.client.client_id],
    });
    provider.does = { claims: { email: "ann@mail.example", email_verified: true, name: "Ann" } };
    const app = shop.app();
    const arrived = arrivedAt(await shop.browser().open(app.begin({ connection: "public" })));
    expect(admitted(await app.arrive(arrived)).id).toMatchObject({
      sub: "google-oauth2|the-subject",
      email: "ann@mail.example",
    });
    const { body } = await shop.tenant.call("GET", "/users");
    expect(body.map(({ user_id, identities }: Record<string, unknown>) => ({ user_id, identities }))).toEqual([
      {
        user_id: "google-oauth2|the-subject",
        identities: [{ provider: "google-oauth2", user_id: "the-subject", connection: "public", isSocial: true }],
      },
    ]);
  } finally {
    await provider.close();
  }
});
