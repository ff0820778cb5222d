import { expect, test } from "vitest";
import { configurationFaults, type Environment, readSettings } from "../../../local/plugin/configuration.ts";
import type { Dict } from "../../../local/plugin/value.ts";

const lacks = (field: string, all: string, key: string) =>
  `could not validate provider configuration: Missing required argument. "${field}": all of \`${all}\` must be specified. Check \`pulumi config get auth0:${key}\`.`;
const excludes = (field: string, other: string, key: string) =>
  `could not validate provider configuration: Conflicting configuration arguments. "${field}": conflicts with ${other}. Check \`pulumi config get auth0:${key}\`.`;

const SECRET = lacks("client_secret", "client_id,client_secret", "clientSecret");
const token = { AUTH0_API_TOKEN: "t" };
const client = { AUTH0_CLIENT_ID: "i", AUTH0_CLIENT_SECRET: "s" };
const assertion = { AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: "k", AUTH0_CLIENT_ASSERTION_SIGNING_ALG: "RS256" };
const ASSERTION = "client_assertion_private_key,client_assertion_signing_alg,client_id";
const ASSERTS = [
  lacks("client_assertion_private_key", ASSERTION, "clientAssertionPrivateKey"),
  lacks("client_assertion_signing_alg", ASSERTION, "clientAssertionSigningAlg"),
];

// Each as pulumi-auth0 3.49.0 answers.
test.each<[string, Environment, Dict, string[]]>([
  ["a token alone is taken", token, {}, []],
  ["a client alone is taken", client, {}, []],
  ["a token beside a client is refused", { ...token, ...client }, {}, [SECRET]],
  ["a token beside a client's secret is refused", { ...token, AUTH0_CLIENT_SECRET: "s" }, {}, [SECRET]],
  ["a token beside a client's id is taken", { ...token, AUTH0_CLIENT_ID: "i" }, {}, []],
  ["an empty token counts as none", { ...client, AUTH0_API_TOKEN: "" }, {}, []],
  ["a secret without a client is refused", { AUTH0_CLIENT_SECRET: "s" }, {}, [SECRET]],
  [
    "a token beside a stack's client is refused",
    token,
    { clientId: "i", clientSecret: "s" },
    [excludes("api_token", "client_id", "apiToken")],
  ],
  [
    "a client beside a stack's token is refused",
    client,
    { apiToken: "t" },
    [excludes("client_id", "api_token", "clientId"), SECRET],
  ],
  ["a stack's client takes its secret from the environment", { AUTH0_CLIENT_SECRET: "s" }, { clientId: "i" }, []],
  ["a stack's secret takes its client from the environment", { AUTH0_CLIENT_ID: "i" }, { clientSecret: "s" }, []],
  ["an assertion beside a token is refused", { ...token, ...assertion }, {}, ASSERTS],
  ["an assertion beside a secret is refused", { ...client, ...assertion }, {}, [...ASSERTS, SECRET]],
])("%s", (_, environment, config, faults) => {
  expect(configurationFaults({ version: "3.49.0", ...config }, environment).toSorted()).toEqual(faults.toSorted());
});

const framed = (text: string) => `1 error occurred:\n\t* ${text}\n\n`;
const halfClient = framed(
  "Missing required configuration: When 'AUTH0_CLIENT_ID' is provided, either 'AUTH0_CLIENT_SECRET' or both 'AUTH0_CLIENT_ASSERTION_PRIVATE_KEY' and 'AUTH0_CLIENT_ASSERTION_SIGNING_ALG' must also be specified.",
);
const noDomain = (beside: string) =>
  framed(`Missing required configuration: The 'AUTH0_DOMAIN' must be specified along with ${beside}.`);
const nothing = framed(
  "Missing environment variables: AUTH0_DOMAIN is required. Then, configure either AUTH0_API_TOKEN, or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_CLIENT_ID, AUTH0_CLIENT_ASSERTION_PRIVATE_KEY, and AUTH0_CLIENT_ASSERTION_SIGNING_ALG, or enable CLI login with AUTH0_CLI_LOGIN=true.",
);
const own = "This stand-in takes its credentials from AUTH0_API_TOKEN, or AUTH0_CLIENT_ID and its secret only.";

test.each<[string, Environment, string]>([
  ["nothing", {}, nothing],
  ["a domain alone", { AUTH0_DOMAIN: "t.example" }, nothing],
  ["a client without a proof", { AUTH0_DOMAIN: "t.example", AUTH0_CLIENT_ID: "i" }, halfClient],
  ["a token without a domain", token, noDomain("'AUTH0_API_TOKEN'")],
  ["a client without a domain", client, noDomain("'AUTH0_CLIENT_ID' and 'AUTH0_CLIENT_SECRET'")],
  [
    "an assertion without a domain",
    { AUTH0_CLIENT_ID: "i", ...assertion },
    noDomain("'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_ASSERTION_PRIVATE_KEY', and 'AUTH0_CLIENT_ASSERTION_SIGNING_ALG'"),
  ],
  [
    "an assertion, which it cannot sign",
    { AUTH0_DOMAIN: "t.example", AUTH0_CLIENT_ID: "i", ...assertion },
    "This stand-in signs no client assertions: set AUTH0_API_TOKEN, or AUTH0_CLIENT_SECRET.",
  ],
  ["the CLI's login", { AUTH0_DOMAIN: "t.example", AUTH0_CLI_LOGIN: "true" }, own],
  ["credentials to come", { AUTH0_DOMAIN: "t.example", AUTH0_DYNAMIC_CREDENTIALS: "1" }, own],
])("what is missing is named: %s", (_, environment, message) => {
  expect(() => readSettings({}, environment)).toThrow(new Error(message));
});

test("a token goes before a client's id, the stack before the environment", () => {
  const environment = { AUTH0_DOMAIN: "env.example", ...token, AUTH0_CLIENT_ID: "i" };
  expect(readSettings({ domain: "stack.example" }, environment)).toEqual({ domain: "stack.example", apiToken: "t" });
});

test("the audience is the tenant's Management API unless another is given", () => {
  const environment = { AUTH0_DOMAIN: "https://t.example", ...client };
  const expected = { id: "i", secret: "s", audience: "https://t.example/api/v2/" };
  expect(readSettings({}, environment).client).toEqual(expected);
  expect(readSettings({ audience: "a" }, environment).client).toEqual({ ...expected, audience: "a" });
});
