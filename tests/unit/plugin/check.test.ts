import { expect, test } from "vitest";
import { Secret } from "../../../local/plugin/marshal.ts";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";

const types = resourceTypes();
const naming = { resourceName: "it", seed: new Uint8Array([1, 2, 3]) };

function check(type: string, news: Dict, olds?: Dict) {
  const found = types.get(`auth0:index/${type}:${type.charAt(0).toUpperCase()}${type.slice(1)}`);
  if (!found) throw new Error(`no type ${type}`);
  return found.check(news, olds, naming);
}

const action = { name: "policy", code: "x", supportedTriggers: { id: "post-login", version: "v3" } };

test.each<[string, string, Dict, string]>([
  [
    "a required field that is missing",
    "action",
    { name: "policy", supportedTriggers: action.supportedTriggers },
    "Missing required argument. The argument \"code\" is required, but no definition was found.. Examine values at 'it.code'.",
  ],
  [
    "a required field that is missing inside an object",
    "action",
    { ...action, supportedTriggers: { id: "post-login" } },
    "Missing required argument. The argument \"supported_triggers.0.version\" is required, but no definition was found.. Examine values at 'it.supportedTriggers.version'.",
  ],
  ["an unknown field", "role", { name: "r", colour: "red" }, "Invalid or unknown key. Examine values at 'it.colour'."],
  [
    "an unknown field inside a list",
    "triggerActions",
    { trigger: "post-login", actions: [{ id: "a", displayName: "A", order: 1 }] },
    "Invalid or unknown key. Examine values at 'it.actions[0].order'.",
  ],
  [
    "a value that is not permitted",
    "client",
    { organizationUsage: "maybe" },
    'expected organization_usage to be one of ["deny" "allow" "require"], got maybe. Examine values at \'it.organizationUsage\'.',
  ],
  [
    "a number out of range",
    "organization",
    { name: "acme", tokenQuota: { clientCredentials: { perDay: 0 } } },
    "expected token_quota.0.client_credentials.0.per_day to be in the range (1 - 2147483647), got 0. Examine values at 'it.tokenQuota.clientCredentials.perDay'.",
  ],
  [
    "a text that is too long",
    "client",
    { description: "d".repeat(141) },
    `expected length of description to be in the range (0 - 140), got ${"d".repeat(141)}. Examine values at 'it.description'.`,
  ],
  [
    "a list where one value belongs",
    "organization",
    { name: "acme", displayName: ["Acme"] },
    "Attribute must be a single value, not a list. Examine values at 'it.displayName'.",
  ],
  [
    "a text where yes or no belongs",
    "client",
    { oidcConformant: "maybe" },
    "cannot parse '' as bool: strconv.ParseBool: parsing \"maybe\": invalid syntax. Examine values at 'it.oidcConformant'.",
  ],
  [
    "an address without https",
    "tenant",
    { defaultRedirectionUri: "http://example.com" },
    'expected "default_redirection_uri" to have a url with schema of: "https", got http://example.com. Examine values at \'it.defaultRedirectionUri\'.',
  ],
  [
    "a value for what only the server decides",
    "client",
    { clientId: "mine" },
    "Value for unconfigurable attribute. Can't configure a value for \"client_id\": its value will be decided automatically based on the result of applying this configuration.. Examine values at 'it.clientId'.",
  ],
  [
    "a metadata value that is too long",
    "connection",
    { strategy: "oidc", metadata: { domains: "d".repeat(256) } },
    `Bad map value length. Map value lengths should be in the range (0 - 255): domains => ${"d".repeat(256)} (length = 256). Examine values at 'it.metadata.domains'.`,
  ],
])("%s is refused with the provider's sentence", (_, type, inputs, reason) => {
  expect(check(type, inputs).failures).toEqual([reason]);
});

test("fields that exclude each other are refused on both sides", () => {
  const both = {
    ...action,
    secrets: [{ name: "A", value: "1" }],
    secretsWos: [{ name: "A", value: "1" }],
    secretsWoVersion: 1,
  };
  expect(check("action", both).failures).toEqual([
    "Conflicting configuration arguments. \"secrets\": conflicts with secrets_wo. Examine values at 'it.secrets'.",
    "Conflicting configuration arguments. \"secrets_wo\": conflicts with secrets. Examine values at 'it.secretsWos'.",
  ]);
});

test("a field that needs another is refused alone", () => {
  expect(check("action", { ...action, secretsWoVersion: 1 }).failures).toEqual([
    "Missing required argument. \"secrets_wo_version\": all of `secrets_wo,secrets_wo_version` must be specified. Examine values at 'it.secretsWoVersion'.",
  ]);
});

test("an output of another resource is accepted wherever a value of its kind is", () => {
  const inputs = { clientId: UNKNOWN, audience: UNKNOWN, scopes: UNKNOWN, organizationUsage: UNKNOWN };
  expect(check("clientGrant", inputs)).toEqual({ inputs: { ...inputs, __defaults: [] }, failures: [] });
});

test("a resource without a name gets its own, a dash and seven hex digits, the same for the same seed", () => {
  const { inputs } = check("role", {});
  expect(inputs).toEqual({ name: "it-039058c", description: "Managed by Pulumi", __defaults: ["description", "name"] });
  expect(check("role", {}).inputs).toEqual(inputs);
});

test("a default once chosen stays, and a name that was once written too", () => {
  const olds = { name: "it-1234567", description: "Managed by Pulumi", __defaults: ["description", "name"] };
  expect(check("role", {}, olds).inputs.name).toBe("it-1234567");
  const written = { name: "it-1234567", description: "Mine", __defaults: [] };
  expect(check("role", {}, written).inputs).toMatchObject({ name: "it-1234567", description: "Managed by Pulumi" });
});

test("the provider's own defaults are noted in every object, false ones left out", () => {
  const { inputs } = check("client", { name: "c", sessionTransfer: { allowRefreshToken: true } });
  expect(inputs.sessionTransfer).toEqual({
    allowRefreshToken: true,
    enforceCascadeRevocation: true,
    enforceOnlineRefreshTokens: true,
    __defaults: ["enforceCascadeRevocation", "enforceOnlineRefreshTokens"],
  });
  expect(check("action", action).inputs).not.toHaveProperty("deploy");
});

test("what the table calls secret is marked, nothing else", () => {
  const inputs = check("connection", {
    strategy: "oidc",
    name: "acme",
    options: { clientId: "id", clientSecret: "shh" },
  }).inputs;
  expect(inputs).toEqual({
    strategy: "oidc",
    name: "acme",
    options: { clientId: "id", clientSecret: new Secret("shh"), __defaults: [] },
    __defaults: [],
  });
});
