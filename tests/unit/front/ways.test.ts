import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { front } from "../../../local/front/front.ts";
import type { OpenTenant } from "../../../local/tenant/open.ts";
import { ownFolder, TestTenant } from "../tenant/harness.ts";
import { addressOfPlay, app, board, person } from "./furnish.ts";
import { get, words } from "./reading.ts";

const started = () => TestTenant.start(ownFolder(), { front: front({}) });

/** How a play ends, and where. */
async function ending(tenant: TestTenant, query: Readonly<Record<string, string>>) {
  const all = words((await get(tenant, addressOfPlay(query))).text);
  return { end: all[2], at: all.find((one) => one.startsWith("Back at the app: "))?.slice(17) };
}

test("an app comes in by whatever callback it has", async () => {
  const tenant = await started();
  const lena = await person(tenant, "Lena");
  const callbacks: Readonly<Record<string, readonly [readonly string[], string]>> = {
    "no path": [["https://localhost:3000"], "https://localhost:3000/?"],
    "a query": [["https://localhost:3000/back?by=query"], "https://localhost:3000/back?by=query&amp;"],
    "upper case": [["https://LOCALHOST:3000/Back"], "https://localhost:3000/Back?"],
    "the usual port": [["https://shop.example:443/back"], "https://shop.example/back?"],
    "a sign that encodes nothing": [["https://localhost:3000/100%/"], "https://localhost:3000/100%/?"],
    "a wildcard": [["https://*.shop.example/back"], "https://app.shop.example/back?"],
    "a wildcard and none": [["https://*.shop.example/back", "https://localhost:3000/b"], "https://localhost:3000/b?"],
    "a name and none": [
      ["https://{organization_name}.shop.example", "https://localhost:3000/b"],
      "https://localhost:3000/b?",
    ],
    "no slashes": [["com.example.shop:/back"], "com.example.shop:/back?"],
  };
  for (const [what, [listed, back]] of Object.entries(callbacks)) {
    const client = await app(tenant, what, { callbacks: listed });
    expect(await ending(tenant, { person: lena, app: client }), what).toEqual({
      end: "In as an individual",
      at: `${back}code=…&amp;state=…`,
    });
  }
});

test("an app that proves itself with a key comes in, and the tenant's own keeps its key", async () => {
  const tenant = await started();
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = String(publicKey.export({ type: "spki", format: "pem" }));
  const credentials = [{ name: "key", credential_type: "public_key", pem }];
  const client = await app(tenant, "Shop", { client_authentication_methods: { private_key_jwt: { credentials } } });
  const held = async () => (await tenant.call("GET", `/clients/${client}`)).body;
  const before = await held();
  const { end } = await ending(tenant, { person: await person(tenant, "Lena"), app: client });
  expect(end).toBe("In as an individual");
  expect(await held()).toEqual(before);
});

test("two organizations of one name are two ways, each to its own", async () => {
  const tenant = await started();
  const lena = await person(tenant, "Lena");
  const client = await app(tenant, "Shop", {
    organization_usage: "allow",
    organization_require_behavior: "post_login_prompt",
  });
  const [{ id: connection_id }] = (await tenant.call("GET", "/connections")).body;
  for (const name of ["one", "two"]) {
    const made = { name, display_name: "Acme", enabled_connections: [{ connection_id }] };
    const { id } = await tenant.make("/organizations", made);
    await tenant.call("POST", `/organizations/${id}/members`, { members: [lena] });
  }
  expect((await board(tenant)).slice(4, -1)).toEqual([
    "Lena lena@mail.example",
    ...["in as an individual", "in with one", "in with two"],
  ]);
  expect((await ending(tenant, { person: lena, app: client, choice: "Acme (2)" })).end).toBe("In with two");
  expect((await ending(tenant, { person: lena, app: client, choice: "Acme" })).end).toBe("In with one");
});

test("who has a password by a linked identity signs in with that one's address", async () => {
  let opened: OpenTenant | undefined;
  const tenant = await TestTenant.start(ownFolder(), {
    front: (open, closing) => {
      opened = open;
      front({})(open, closing);
    },
  });
  await app(tenant);
  const [, id = ""] = (await person(tenant, "Lena")).split("|");
  // as the first single sign-on makes it
  const identity = { provider: "oidc", user_id: "acme-sso|1", connection: "acme-sso", isSocial: false };
  const account = { name: "Lena of Acme", email: "lena@acme.example", identities: [identity] };
  const user_id = "oidc|acme-sso|1";
  opened?.tenant.objects.store.transaction(() =>
    opened?.tenant.objects.seed("users", user_id, { user_id, ...account }),
  );
  const linked = await tenant.call("POST", `/users/${encodeURIComponent(user_id)}/identities`, {
    provider: "auth0",
    user_id: id,
  });
  expect(linked.status).toBe(201);
  expect((await board(tenant)).slice(4, -1)).toEqual(["Lena of Acme lena@mail.example", "in as an individual"]);
});
