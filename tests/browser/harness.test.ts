import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certificateAuthority, leafCertificate } from "../../local/tenant/certificate.ts";
import type { Tokens, Told } from "../scenarios/app.ts";
import { atAcme, prospect } from "./clients/logins.ts";
import { meant, nonceSent, now, told } from "./clients/meant.ts";
import { appAt } from "./own-site.ts";
import { startSite } from "./site.ts";
import { BrowserStack } from "./stage.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

function admitted(arrived: Tokens | Told): Tokens {
  if ("error" in arrived) throw new Error(`${arrived.error}: ${arrived.description}`);
  return arrived;
}

test("a person signs in with a password, in a real browser", () =>
  stack.play(async (scene) => {
    const app = await appAt(scene, "main");
    const person = await scene.person();
    const nonce = nonceSent(person, scene.tenant);
    const began = now();
    await person.page.goto(app.begin({}).href);
    expect(await person.signIn({ as: "pavel@mail.example" })).toEqual({ pages: ["identifier", "password"] });
    const tokens = admitted(await app.arrive(new URL(person.page.url())));
    const { id, access } = await meant(scene, "main", { ...prospect, nonce: nonce() });
    expect({ id: told(tokens.id, began), access: told(tokens.access, began) }).toEqual({ id, access });
  }));

test("a person signs in at the company's provider, and comes back without a page of the tenant", () =>
  stack.play(async (scene) => {
    const app = await appAt(scene, "main");
    const person = await scene.person("phone");
    const nonce = nonceSent(person, scene.tenant);
    const began = now();
    await person.page.goto(app.begin({}).href);
    expect(await person.signIn({ as: "ann@acme.example" })).toEqual({ pages: ["identifier", "provider"] });
    const tokens = admitted(await app.arrive(new URL(person.page.url())));
    const { id, access } = await meant(scene, "main", { ...atAcme, renew: true, nonce: nonce() });
    expect({ id: told(tokens.id, began), access: told(tokens.access, began) }).toEqual({ id, access });
  }));

test("a person without an answer is stopped at the page", () =>
  stack.play(async (scene) => {
    const app = await appAt(scene, "main");
    const person = await scene.person();
    await person.page.goto(app.begin({}).href);
    expect(await person.signIn({ as: "pavel@mail.example", password: "wrong" })).toEqual({
      pages: ["identifier", "password"],
      stopped: { name: "password", title: "Enter your password", complaint: "Wrong email or password" },
    });
    const other = await scene.person();
    await other.page.goto(app.begin({}).href);
    expect(await other.signIn({})).toEqual({
      pages: ["identifier"],
      stopped: { name: "identifier", title: "Welcome", complaint: undefined },
    });
  }));

test("the browser speaks to nobody but this machine, and takes no certificate but those of the stage", () =>
  stack.play(async (scene) => {
    const { page } = await scene.person();
    for (const address of ["https://auth0.com/", "http://192.0.2.1/", "https://[2001:db8::1]/"])
      await expect(page.goto(address)).rejects.toThrow("net::ERR_NAME_NOT_RESOLVED");
    const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-stranger-"));
    const stranger = await startSite(
      await leafCertificate(await certificateAuthority(folder)),
      (_, response) => void response.end(),
    );
    try {
      await expect(page.goto(stranger.origin)).rejects.toThrow("net::ERR_CERT_AUTHORITY_INVALID");
    } finally {
      await stranger.close();
      rmSync(folder, { recursive: true });
    }
  }));
