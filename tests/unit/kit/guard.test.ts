import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { type GuardOptions, guard } from "../../../kit/guard.ts";
import { directory } from "./known.ts";

const now = 1_700_000_000;
const own = await generateKeyPair("RS256");
const foreign = await generateKeyPair("RS256");
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), alg: "RS256", kid: "1" }] });

const options: GuardOptions = {
  directory,
  api: "service",
  admits: { orgTypes: ["customer"], orgRequires: { api_access: "on" }, individuals: "deny" },
  verify: async (token) => (await jwtVerify(token, keys, { algorithms: ["RS256"], currentDate: new Date(0) })).payload,
  now: () => now,
};
const good = {
  iss: "https://tenant.example/",
  aud: ["https://api.example", "https://tenant.example/userinfo"],
  exp: now + 1,
  sub: "auth0|1",
  org_id: "org_acme",
  permissions: ["read:bookings"],
};

function signed(claims: JWTPayload, key = own.privateKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "1" }).sign(key);
}

const ask = async (claims: object, more: Partial<GuardOptions> = {}) =>
  guard({ ...options, ...more })(await signed({ ...good, ...claims }), "read:bookings");

const invalid = (reason: string) => ({ allowed: false, status: 401, error: "invalid_token", reason });
const forbidden = (reason: string) => ({ allowed: false, status: 403, error: "insufficient_scope", reason });
const claimsOf = (claims: object) => JSON.parse(JSON.stringify({ ...good, ...claims }));

test("a member's token of a company that the API serves is good", async () => {
  expect(await ask({})).toEqual({ allowed: true, claims: good, organization: "org_acme" });
});

describe("a token that cannot be verified", () => {
  const unverified = invalid("the token cannot be verified");
  test.each([
    ["another's key", () => signed(good, foreign.privateKey)],
    ["no signature", async () => new UnsecuredJWT(good).encode()],
    [
      "a signature for other claims",
      async () => swapped(await signed({ ...good, sub: "auth0|2" }), await signed(good)),
    ],
    ["no token", async () => ""],
  ])("%s", async (_, token) => {
    expect(await guard(options)(await token(), "read:bookings")).toEqual(unverified);
  });
});

/** The claims of one token under the signature of another. */
function swapped(claims: string, signature: string): string {
  return [...claims.split(".").slice(0, 2), signature.split(".")[2]].join(".");
}

describe("each wrong token beside the nearest good one", () => {
  const individuals = { admits: { ...options.admits, individuals: "allow" } } as const;
  const machine = { sub: "abc@clients", gty: "client-credentials" };
  test.each<[string, object, object, ReturnType<typeof invalid>, Partial<GuardOptions>?]>([
    ["another issuer", { iss: "https://tenant.example" }, {}, invalid("the token is of another issuer")],
    ["no issuer", { iss: undefined }, {}, invalid("the token is of another issuer")],
    [
      "another API",
      { aud: "https://api.example/" },
      { aud: "https://api.example" },
      invalid("the token is for another API"),
    ],
    ["no API", { aud: undefined }, {}, invalid("the token is for another API")],
    ["expired this second", { exp: now }, { exp: now + 1 }, invalid("the token has expired")],
    ["without an end", { exp: undefined }, {}, invalid("the token has expired")],
    ["nobody", { sub: undefined }, {}, invalid("the token names nobody")],
    ["an empty name", { sub: "" }, {}, invalid("the token names nobody")],
    ["an unknown organization", { org_id: "org_other" }, {}, forbidden("the organization is not known")],
    ["a name of every object", { org_id: "constructor" }, {}, forbidden("the organization is not known")],
    ["an empty organization", { org_id: "" }, {}, forbidden("the organization is not known")],
    ["a list of organizations", { org_id: ["org_acme"] }, {}, forbidden("the organization is not known")],
    [
      "null in place of one",
      { org_id: null },
      { org_id: undefined },
      forbidden("the organization is not known"),
      individuals,
    ],
    ["a suspended company", { org_id: "org_gone" }, {}, forbidden("suspended")],
    ["conditions that speak of a status", { org_id: "org_left" }, {}, forbidden("suspended")],
    ["a vendor", { org_id: "org_table" }, {}, forbidden("wrong_type")],
    ["a company without API access", { org_id: "org_quiet" }, {}, forbidden("not_entitled")],
    ["an individual", { org_id: undefined }, {}, forbidden("individuals_not_admitted")],
    [
      "a machine as an individual",
      { ...machine, org_id: undefined },
      machine,
      forbidden("the machine has no organization"),
      individuals,
    ],
    [
      "a machine by its name alone",
      { sub: "abc@clients", org_id: undefined },
      machine,
      forbidden("the machine has no organization"),
      individuals,
    ],
    [
      "a machine by its grant alone",
      { gty: machine.gty, org_id: undefined },
      machine,
      forbidden("the machine has no organization"),
      individuals,
    ],
    ["another permission", { permissions: ["read:bookings2"] }, {}, forbidden("read:bookings is missing")],
    ["no permission", { permissions: [] }, {}, forbidden("read:bookings is missing")],
    [
      "asked for, not held",
      { permissions: [], scope: "read:bookings" },
      { permissions: undefined, scope: "a read:bookings" },
      forbidden("read:bookings is missing"),
    ],
    [
      "a part of a scope",
      { permissions: undefined, scope: "read:bookings:x" },
      { permissions: undefined, scope: "read:bookings" },
      forbidden("read:bookings is missing"),
    ],
    ["permissions as a text", { permissions: "read:bookings" }, {}, forbidden("read:bookings is missing")],
    ["neither of both", { permissions: undefined }, {}, forbidden("read:bookings is missing")],
  ])("%s", async (_, wrong, twin, answer, more = {}) => {
    expect(await ask(wrong, more)).toEqual(answer);
    const claims = claimsOf(twin);
    expect(await ask(twin, more)).toEqual({ allowed: true, claims, organization: claims.org_id });
  });
});

test("what asks for no permission by name is not served, whatever the token holds", async () => {
  for (const more of [{ permissions: undefined }, { permissions: undefined, scope: "a  b" }, { permissions: [""] }])
    expect(await guard(options)(await signed({ ...good, ...more }), "")).toEqual(forbidden(" is missing"));
});

test("the operator's own machine is served where the API says so", async () => {
  const own = { sub: "abc@clients", gty: "client-credentials", org_id: undefined };
  expect(await ask(own, { machines: "allow" })).toEqual({
    allowed: true,
    claims: claimsOf(own),
    organization: undefined,
  });
});

test("by the clock, where none is given", async () => {
  const { now: _, ...ticking } = options;
  const ask = async (exp: number) => guard(ticking)(await signed({ ...good, exp }), "read:bookings");
  expect(await ask(Date.now() / 1000 + 600)).toMatchObject({ allowed: true });
  expect(await ask(Date.now() / 1000 - 600)).toEqual(invalid("the token has expired"));
});

test("an end in another form than a number is none", async () => {
  const verify = async () => ({ ...good, exp: String(now + 1) });
  expect(await guard({ ...options, verify })("", "read:bookings")).toEqual(invalid("the token has expired"));
});

test("an API that the directory does not have is noticed when the guard is made", () => {
  expect(() => guard({ ...options, api: "vendor" })).toThrow(
    new Error('no API "vendor" in the directory; known: service'),
  );
});
