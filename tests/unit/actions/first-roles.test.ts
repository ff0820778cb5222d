import { describe, expect, test } from "vitest";
import { type Answer, type Done, fromSource } from "./hooks.ts";
import { claimedDomains, employee, individual, member, person, settings } from "./logins.ts";

const secrets = {
  DOMAIN: "tenant.example",
  CLIENT_ID: "client-first-roles",
  CLIENT_SECRET: "s3cr3t-of-first-roles",
  ROLE_IDS: '{"owner":"rol_owner","pre-customer":"rol/pre","vendor-editor":"rol_vendor"}',
};
const token = "t0ken";

const run = await fromSource("post-login", settings, claimedDomains);
const newcomer = { ...individual, authorization: { roles: [] }, secrets };
const { authorization: _, ...withoutRoles } = member;
const newMember = { ...withoutRoles, secrets };

const granting: Answer = ({ url }) =>
  url.endsWith("/oauth/token") ? { status: 200, body: { access_token: token, expires_in: 600 } } : { status: 204 };

/** Answers in turn: what a token call gets, and what a role call gets. */
const answering =
  (tokens: ReturnType<Answer>[], roles: ReturnType<Answer>[]): Answer =>
  ({ url }) => {
    const next = (url.endsWith("/oauth/token") ? tokens : roles).shift();
    if (!next) throw new Error("one call too many");
    return next;
  };

const tokenRequest = {
  url: "https://tenant.example/oauth/token",
  init: {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "client_credentials",
      client_id: "client-first-roles",
      client_secret: "s3cr3t-of-first-roles",
      audience: "https://tenant.example/api/v2/",
    }),
    redirect: "error",
    timed: true,
  },
};

const roleRequest = (path: string, body: unknown, bearer = token) => ({
  url: `https://tenant.example/api/v2/${path}`,
  init: {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
    redirect: "error",
    timed: true,
  },
});

const effects = ({ calls }: Done) =>
  calls.filter(([call, name]) => call === "user.setAppMetadata" || `${name}`.endsWith("renew"));
const granted = (level: string, before: string[] = []) => [
  ["user.setAppMetadata", "first_roles", [...before, level]],
  ["idToken.setCustomClaim", "https://travel.example/claims/renew", "first_roles"],
];

describe("who gets which role", () => {
  test("an individual gets the role on the person, the marker, and one renewal", async () => {
    const done = await run(newcomer, { answer: granting });
    expect(done.requests).toEqual([tokenRequest, roleRequest("roles/rol%2Fpre/users", { users: ["auth0|1"] })]);
    expect(effects(done)).toEqual(granted("individual"));
    expect(done.log).toEqual([]);
  });

  test("a member gets no role that the company's members may not hold, and a role that is there stays", async () => {
    const acme = newMember.organization as { readonly metadata: object };
    const only = (member_roles: string) => ({
      organization: { ...acme, metadata: { ...acme.metadata, member_roles } },
    });
    const barred = await run({ ...newMember, ...only("api-administrator") }, { answer: granting });
    expect([barred.requests, effects(barred)]).toEqual([[], []]);
    expect(barred.log).toEqual(["members of this company may not hold owner: no first role"]);
    const allowed = await run({ ...newMember, ...only("api-administrator,owner") }, { answer: granting });
    expect(effects(allowed)).toEqual(granted("org_acme"));
    const held = await run({ ...member, secrets, ...only("api-administrator") }, { answer: granting });
    expect([held.requests, effects(held), held.log]).toEqual([[], [], []]);
  });

  test("a member gets the role on the membership, by the company's stage", async () => {
    const done = await run(person(newMember, { app_metadata: { stage: "lead", first_roles: ["individual"] } }), {
      answer: granting,
    });
    const path = "organizations/org_acme/members/auth0%7C1/roles";
    expect(done.requests).toEqual([tokenRequest, roleRequest(path, { roles: ["rol_owner"] })]);
    expect(effects(done)).toEqual(granted("org_acme", ["individual"]));
  });

  test("an employee's first login through the company gets the membership's role", async () => {
    const done = await run({ ...employee, authorization: { roles: [] }, secrets }, { answer: granting });
    const path = "organizations/org_acme/members/okta%7Cacme%7C7/roles";
    expect(done.requests.at(-1)).toEqual(roleRequest(path, { roles: ["rol_owner"] }));
  });

  test("an individual at stage owner gets the owner's role", async () => {
    const done = await run(person(newcomer, { app_metadata: { stage: "owner" } }), { answer: granting });
    expect(done.requests.at(-1)?.url).toBe("https://tenant.example/api/v2/roles/rol_owner/users");
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["a role already", { authorization: { roles: ["x"] } }, []],
    ["roles that are no list", { authorization: { roles: "x" } }, ["roles is no list: no first role"]],
  ])("who has %s gets none", async (_, change, log) => {
    const done = await run({ ...newcomer, ...change });
    expect([done.requests, effects(done), done.log]).toEqual([[], [], log]);
  });

  const full = Array.from({ length: 100 }, (_, n) => `org_${n}`);
  const unreadable = ["first_roles is damaged or full: no first role"];

  test.each<[string, Record<string, unknown>, string[]]>([
    ["had the first role once", { app_metadata: { first_roles: ["individual"] } }, []],
    ["has a damaged list", { app_metadata: { first_roles: "individual" } }, unreadable],
    ["has a list of more than texts", { app_metadata: { first_roles: ["org_x", 1] } }, unreadable],
    ["has a null list", { app_metadata: { first_roles: null } }, unreadable],
    ["has a full list", { app_metadata: { first_roles: full } }, unreadable],
    ["has damaged metadata", { app_metadata: "x" }, unreadable],
    ["has no id", { user_id: undefined }, ["user_id is missing: no first role"]],
    ["has an empty id", { user_id: "" }, ["user_id is missing: no first role"]],
  ])("who %s gets none", async (_, change, log) => {
    const done = await run(person(newcomer, change));
    expect([done.requests, effects(done), done.log]).toEqual([[], [], log]);
  });

  test("a list of 99 has room for one more", async () => {
    const done = await run(person(newcomer, { app_metadata: { first_roles: full.slice(1) } }), { answer: granting });
    expect(effects(done)).toEqual(granted("individual", full.slice(1)));
  });

  test.each([undefined, null])(
    "a person whose metadata is %s, and whose roles are, gets the first role",
    async (nothing) => {
      const event = person({ ...newcomer, authorization: { roles: nothing } }, { app_metadata: nothing });
      expect(effects(await run(event, { answer: granting }))).toEqual(granted("individual"));
    },
  );

  test.each([200, 201, 204, 299])("a role call that is answered %i has assigned the role", async (status) => {
    const done = await run(newcomer, {
      answer: (request) => ({ ...granting(request), status: request.url.endsWith("/oauth/token") ? 200 : status }),
    });
    expect([effects(done), done.log]).toEqual([granted("individual"), []]);
  });

  test("a refused login gets none", async () => {
    const done = await run({ ...newMember, organization: { id: "org_acme", metadata: {} } });
    expect(done.requests).toEqual([]);
    expect(effects(done)).toEqual([]);
  });
});

describe("the token", () => {
  const key = "first-roles-token";

  test.each<[string, unknown, number | undefined]>([
    ["of ten minutes is kept for nine", 600, 540_000],
    ["of a week is kept for a day", 604_800, 86_400_000],
    ["of a minute is not kept", 60, undefined],
    ["that does not say how long it lives is not kept", "600", undefined],
  ])("a token %s", async (_, seconds, ttl) => {
    const done = await run(newcomer, {
      answer: answering([{ status: 200, body: { access_token: token, expires_in: seconds } }], [{ status: 204 }]),
    });
    const sets = done.calls.filter(([call]) => call === "cache.set");
    expect(sets).toEqual(ttl === undefined ? [] : [["cache.set", key, token, { ttl }]]);
    expect(effects(done)).toEqual(granted("individual"));
  });

  test.each([
    [4_000, 1],
    [4_001, 0],
  ])("a token of %i characters is kept %i times", async (length, times) => {
    const body = { access_token: "t".repeat(length), expires_in: 600 };
    const done = await run(newcomer, { answer: answering([{ status: 200, body }], [{ status: 200 }]) });
    expect(done.calls.filter(([call]) => call === "cache.set")).toHaveLength(times);
  });

  test("a kept token is used again", async () => {
    const cache = new Map<string, string>();
    await run(newcomer, { answer: granting, cache });
    const done = await run(newcomer, { answer: answering([], [{ status: 204 }]), cache });
    expect(done.requests).toEqual([roleRequest("roles/rol%2Fpre/users", { users: ["auth0|1"] })]);
    expect(effects(done)).toEqual(granted("individual"));
  });

  test("a kept token that is refused is dropped, and fetched anew once", async () => {
    const cache = new Map([[key, "old"]]);
    const answer = answering(
      [{ status: 200, body: { access_token: "new", expires_in: 600 } }],
      [{ status: 401 }, { status: 204 }],
    );
    const done = await run(newcomer, { answer, cache });
    const role = (bearer: string) => roleRequest("roles/rol%2Fpre/users", { users: ["auth0|1"] }, bearer);
    expect(done.requests).toEqual([role("old"), tokenRequest, role("new")]);
    expect(done.calls.slice(2, 4)).toEqual([
      ["cache.delete", key],
      ["cache.set", key, "new", { ttl: 540_000 }],
    ]);
    expect(effects(done)).toEqual(granted("individual"));
  });

  test("a second refusal is the last", async () => {
    const cache = new Map([[key, "old"]]);
    const answer = answering(
      [{ status: 200, body: { access_token: "new", expires_in: 600 } }],
      [{ status: 401 }, { status: 401 }],
    );
    const done = await run(newcomer, { answer, cache });
    expect([done.requests.length, done.log, effects(done)]).toEqual([
      3,
      ["no first role: the role call was answered 401"],
      [],
    ]);
  });

  test("a fresh token that is refused is dropped and not fetched again", async () => {
    const cache = new Map<string, string>();
    const answer = answering([{ status: 200, body: { access_token: token, expires_in: 600 } }], [{ status: 401 }]);
    const done = await run(newcomer, { answer, cache });
    expect([done.requests.length, done.log, effects(done)]).toEqual([
      2,
      ["no first role: the role call was answered 401"],
      [],
    ]);
    expect(cache.size).toBe(0);
  });

  test("a refusal of another kind leaves the kept token", async () => {
    const cache = new Map([[key, "old"]]);
    await run(newcomer, { answer: answering([], [{ status: 403 }]), cache });
    expect([...cache]).toEqual([[key, "old"]]);
  });
});

describe("a failed call leaves no marker, and a note without a secret", () => {
  const good = { status: 200, body: { access_token: token, expires_in: 600 } };
  const timeout = (): Answer => () => {
    throw new DOMException(`timed out at ${secrets.CLIENT_SECRET}`, "TimeoutError");
  };
  const roleTimeout: Answer = (request) => (request.url.endsWith("/oauth/token") ? good : timeout()(request));

  test.each<[string, Answer, string]>([
    ["the token call times out", timeout(), "the token call had no answer"],
    ["the role call times out", roleTimeout, "the role call had no answer"],
    ["the token call fails", answering([{ status: 500, body: secrets }], []), "the token call was answered 500"],
    ["the token call is refused", answering([{ status: 401, body: secrets }], []), "the token call was answered 401"],
    [
      "the token call answers text",
      answering([{ status: 200, body: secrets.CLIENT_SECRET }], []),
      "the token call gave no token",
    ],
    ["the token call answers null", answering([{ status: 200, body: "null" }], []), "the token call gave no token"],
    [
      "the token is empty",
      answering([{ status: 200, body: { access_token: "" } }], []),
      "the token call gave no token",
    ],
    [
      "the token is no text",
      answering([{ status: 200, body: { access_token: 1 } }], []),
      "the token call gave no token",
    ],
    ["the role call fails", answering([good], [{ status: 500, body: token }]), "the role call was answered 500"],
    ["the role call is sent elsewhere", answering([good], [{ status: 300 }]), "the role call was answered 300"],
    ["the role call is only begun", answering([good], [{ status: 199 }]), "the role call was answered 199"],
  ])("%s", async (_, answer, note) => {
    const done = await run(newcomer, { answer });
    expect([done.log, effects(done)]).toEqual([[`no first role: ${note}`], []]);
    expect(done.calls.slice(0, 2).map(([call]) => call)).toEqual([
      "idToken.setCustomClaim",
      "accessToken.setCustomClaim",
    ]);
  });

  test.each<[string, Record<string, unknown> | undefined, string]>([
    ["no secrets", undefined, "secret DOMAIN is missing"],
    ["no domain", { ...secrets, DOMAIN: "" }, "secret DOMAIN is missing"],
    ["no client", { ...secrets, CLIENT_ID: undefined }, "secret CLIENT_ID is missing"],
    ["no client secret", { ...secrets, CLIENT_SECRET: 1 }, "secret CLIENT_SECRET is missing"],
    ["no ids of roles", { ...secrets, ROLE_IDS: undefined }, "secret ROLE_IDS is missing"],
    ["ids that are no JSON", { ...secrets, ROLE_IDS: "{pre-customer" }, "secret ROLE_IDS has no role pre-customer"],
    ["ids that are null", { ...secrets, ROLE_IDS: "null" }, "secret ROLE_IDS has no role pre-customer"],
    ["ids without this role", { ...secrets, ROLE_IDS: '{"owner":"x"}' }, "secret ROLE_IDS has no role pre-customer"],
    ["an empty id", { ...secrets, ROLE_IDS: '{"pre-customer":""}' }, "secret ROLE_IDS has no role pre-customer"],
    [
      "an id that is no text",
      { ...secrets, ROLE_IDS: '{"pre-customer":1}' },
      "secret ROLE_IDS has no role pre-customer",
    ],
  ])("with %s no call is made", async (_, given, note) => {
    const done = await run({ ...newcomer, secrets: given });
    expect([done.requests, done.log, effects(done)]).toEqual([[], [`no first role: ${note}`], []]);
  });

  test("a cache that throws does not stop the login", async () => {
    const cache = new Map<string, string>();
    cache.get = () => {
      throw new Error(secrets.CLIENT_SECRET);
    };
    const done = await run(newcomer, { cache });
    expect([done.log, effects(done)]).toEqual([["no first role: the Action failed"], []]);
  });
});
