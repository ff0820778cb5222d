import { expect, test } from "vitest";
import { expectRefused, refusal } from "./refusals.ts";
import { domain, sdk, time } from "./tenant.ts";

test("the one signing key is listed, read by its id, and published", async () => {
  const keys = await sdk.keys.signing.list();
  expect(keys).toEqual([
    {
      kid: expect.stringMatching(/^[\w-]{27}$/),
      cert: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
      current: true,
      next: false,
      previous: false,
      current_since: expect.stringMatching(time),
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/),
      thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
      revoked: false,
    },
  ]);
  const kid = keys[0]?.kid ?? "";
  expect(await sdk.keys.signing.get(kid)).toEqual(keys[0]);
  await expectRefused(sdk.keys.signing.get("none"), refusal(404, "Signing key not found."));
  const published = (await (await fetch(`https://${domain}/.well-known/jwks.json`)).json()) as { keys: unknown[] };
  expect(published.keys).toMatchObject([{ kid, alg: "RS256", use: "sig" }]);
});
