import { expect, test } from "vitest";
import { mostBytes } from "../../../local/tenant/bounded-log.ts";
import { masked, maskedQuery } from "../../../local/tenant/mask.ts";
import { RequestLog } from "../../../local/tenant/request-log.ts";

const hidden = "[masked]";
const request = { time: "t", method: "POST", path: "/", query: {}, status: 201 };

test("secrets are masked at any depth, and a value only among secrets", () => {
  expect(
    masked({
      secrets: [{ name: "key", value: "hush" }],
      scopes: [{ value: "read:it" }],
      options: { client_secret: "hush", configuration: { a: "hush" }, signing_key: { key: "k", cert: "c" } },
      credentials: [{ pem: "hush", name: "n" }],
      password: "hush",
      sink: { httpAuthorization: "hush", httpEndpoint: "https://x" },
    }),
  ).toEqual({
    secrets: [{ name: "key", value: "[masked]" }],
    scopes: [{ value: "read:it" }],
    options: {
      client_secret: "[masked]",
      configuration: { a: "[masked]" },
      signing_key: { key: "[masked]", cert: "[masked]" },
    },
    credentials: [{ pem: "[masked]", name: "n" }],
    password: "[masked]",
    sink: { httpAuthorization: "[masked]", httpEndpoint: "https://x" },
  });
});

test.each([
  ["a text under a secret's name", { appSecret: "x", smtp_pass: "x", apiKey: "x", skey: "x", server_key: "x" }],
  ["in capitals", { CLIENT_SECRET: "x", P12: "x", AUTHORIZATION: "x" }],
  ["a connection string and an address that is a password", { connectionString: "x", sumoSourceAddress: "x" }],
  ["a list under a secret's name", { client_secrets: ["x", ["x"]] }],
  ["an object under a secret's name", { decryptionKey: { cert: "x" }, password: { hash: { value: "x" } } }],
  ["the scripts and the configuration of a database", { customScripts: { login: "x" }, configuration: { URL: "x" } }],
  ["an access token by whatever name", { access_token: "x", client_assertion: "x", idToken: "x", link_with: "x" }],
])("%s is masked, at the top and in a list below", (_, body) => {
  const expected = JSON.parse(JSON.stringify(body).replaceAll('"x"', `"${hidden}"`));
  expect(masked(body)).toEqual(expected);
  expect(masked({ options: [{ deep: body }] })).toEqual({ options: [{ deep: expected }] });
});

test("of headers, Action secrets and upstream parameters the value is masked and the name readable", () => {
  expect(
    masked({
      sink: { httpCustomHeaders: [{ header: "X-Auth", value: "x" }] },
      upstream_params: { prompt: { value: "x" }, login: { alias: "login_hint" } },
      SECRETS: [{ name: "n", value: "x" }],
      scopes: [{ value: "read:it" }],
    }),
  ).toEqual({
    sink: { httpCustomHeaders: [{ header: "X-Auth", value: hidden }] },
    upstream_params: { prompt: { value: hidden }, login: { alias: "login_hint" } },
    SECRETS: [{ name: "n", value: hidden }],
    scopes: [{ value: "read:it" }],
  });
});

test("ordinary fields, numbers, booleans and settings that only sound secret stay readable", () => {
  const body = {
    name: "Main",
    client_id: "abc",
    token_lifetime: 86400,
    secret_number: 7,
    token_dialect: "rfc9068_profile_authz",
    token_endpoint_auth_method: "none",
    is_token_endpoint_ip_header_trusted: true,
    passwordPolicy: "good",
    challenge_password_policy: "never",
    refresh_token: { rotation_type: "rotating", token_lifetime: 60 },
    credentials: [{ credential_type: "public_key", name: "n", alg: "RS256" }],
    passkey_options: { challenge_ui: "both" },
    callbacks: ["https://app.example/cb?state=1"],
    client_metadata: { plan: "gold", nothing: null },
  };
  expect(masked(body)).toEqual(body);
});

test("the userinfo of a URL and a secret in its query are masked wherever the URL stands", () => {
  expect(
    masked({ url: "see https://u:p@x.example/a@b", list: ["https://x.example/?a=1&client_secret=s&b=2#c"] }),
  ).toEqual({
    url: "see https://[masked]@x.example/a@b",
    list: ["https://x.example/?a=1&client_secret=[masked]&b=2#c"],
  });
});

test("a query's secret parameters are masked", () => {
  const links = { ticket: "t", invitation: "i" };
  expect(maskedQuery({ client_secret: "s", Token: "t", ...links, take: "2", link: "https://u:p@x/" })).toEqual({
    client_secret: hidden,
    Token: hidden,
    ticket: hidden,
    invitation: hidden,
    take: "2",
    link: "https://[masked]@x/",
  });
});

test("a body nested without end is cut off at level 110 of the log", () => {
  const log = new RequestLog();
  log.add(request, JSON.parse("[".repeat(400_000) + "]".repeat(400_000)));
  const [{ body }] = JSON.parse(log.since(0));
  expect(JSON.stringify(body)).toBe(`${"[".repeat(110)}"[nested too deeply]"${"]".repeat(110)}`);
});

test("the log forgets its oldest requests beyond 10,000, and beyond 16 MB in all", () => {
  const many = new RequestLog();
  for (let n = 0; n < 10_003; n++) many.add(request, null);
  const seqs = JSON.parse(many.since(0)).map(({ seq }: { seq: number }) => seq);
  expect([seqs.length, seqs[0], seqs.at(-1)]).toEqual([10_000, 4, 10_003]);

  const large = new RequestLog();
  for (let n = 0; n < 20; n++) large.add(request, { text: "é".repeat(500_000) });
  const kept = large.since(0);
  expect(JSON.parse(kept).map(({ seq }: { seq: number }) => seq)).toEqual(Array.from({ length: 16 }, (_, n) => n + 5));
  expect(mostBytes - Buffer.byteLength(kept)).toBeGreaterThan(0);
  expect(large.since(19)).toBe(`[${JSON.stringify(JSON.parse(kept).at(-1))}]`);
});
