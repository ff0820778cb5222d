import { generateKeyPairSync, randomBytes } from "node:crypto";

// Every kind of secret that an entry or a setting can name, each with a value of its own; and the same put where none may stand.

/** Stands in all that is searched, and is no secret: a text without it is not what it should be. */
export const marker = "vaultmark";

export const arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:vaultmark/sso-AbCdEf";

/** In the middle what is searched for; around it what encodings have to escape. */
const made = () => `hu"sh\\ ${randomBytes(24).toString("base64url")}&ü`;
const core = (secret: string) => / ([\w-]{32})&/.exec(secret)?.[1] ?? "";

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 });
const publicKey = pem.publicKey.export({ type: "spki", format: "pem" }).toString();
const privateKey = pem.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Names under which secrets are set with the CLI. */
export const first = ["oidc", "okta", "waad", "google", "mail-password"].map((name) => [name, made()] as const);
export const later = ["taken", "mail-key-id", "mail-key"].map((name) => [name, made()] as const);
/** What lies with AWS, what is put where it must not stand, and the password of the account for emergencies. */
export const inAws = made();
export const breakGlassPassword = made();
const misplaced = Object.fromEntries(
  ["plain", "key", "id", "issuer", "word", "scope", "machine", "mail", "setting", "arn", "yaml", "domain"].map(
    (name) => [name, randomBytes(24).toString("base64url").replaceAll(/[-_]/g, "Zq7")] as const,
  ),
) as Record<string, string>;

/** Everything that must not be found, by what it is. */
export const known: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...first, ...later].flatMap(([name, text]) => [
      [name, core(text)],
      [`all of ${name}`, text],
    ]),
  ),
  aws: core(inAws),
  "all of aws": inAws,
  "break-glass": core(breakGlassPassword),
  ...Object.fromEntries(Object.entries(misplaced).map(([name, text]) => [`misplaced ${name}`, text])),
  ...Object.fromEntries(
    privateKey
      .split("\n")
      .slice(1, 5)
      .map((line, n) => [`private key, line ${n + 1}`, line]),
  ),
};

const client = (name: string) => ({
  clientId: "travel",
  clientSecret: { config: name },
  domains: [`${name}.example`],
});
const reads = { scopes: ["read:bookings"] };

/** The company that has all of them. @param version the second one makes a secret anew, and asks for a connection that is there already */
export function vault(version: 1 | 2): string {
  const taken = { strategy: "oidc", issuer: "https://login.taken.example/", ...client("taken") };
  return JSON.stringify({
    displayName: marker,
    type: "customer",
    conditions: { api_access: "on" },
    connections: {
      "vault-oidc": { strategy: "oidc", issuer: "https://login.oidc.example/", ...client("oidc") },
      "vault-okta": { strategy: "okta", domain: "vault.okta.example", ...client("okta") },
      "vault-waad": { strategy: "waad", tenantId: "0f8fad5b-d9cb-469f-a165-70867728950e", ...client("waad") },
      "vault-google": { strategy: "google-apps", domain: "google.example", ...client("google") },
      "vault-aws": { strategy: "oidc", issuer: "https://login.aws.example/", ...client("aws"), clientSecret: { arn } },
      ...(version === 2 && { "vault-taken": taken }),
    },
    machines: {
      made: reads,
      renewed: { ...reads, rotation: version + 1 },
      keyed: { ...reads, authentication: "private_key_jwt", publicKeys: [publicKey] },
    },
    breakGlass: "somebody@oidc.example",
  });
}

export const smtp = {
  provider: "smtp",
  host: "smtp.vaultmark.example",
  port: 587,
  user: "travel",
  password: { config: "mail-password" },
  from: "no-reply@vaultmark.example",
};

export const ses = {
  provider: "ses",
  region: "eu-central-1",
  accessKeyId: { config: "mail-key-id" },
  secretAccessKey: { config: "mail-key" },
  from: "no-reply@vaultmark.example",
};

/** What a person writes by mistake: entries by slug, each refused, and settings of the stack. */
export function mistakes(): {
  readonly entries: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
} {
  const { plain, key = "", id, issuer, word, scope, machine, mail, setting, arn: name, yaml, domain } = misplaced;
  const oidc = { strategy: "oidc", issuer: "https://login.x.example/", clientId: "x", domains: ["x.example"] };
  const entry = (connection: object, more: object = {}) =>
    JSON.stringify({
      displayName: "X",
      type: "customer",
      conditions: { api_access: "on" },
      connections: { "x-sso": connection },
      ...more,
    });
  return {
    entries: {
      "vaultmark-plain": entry({ ...oidc, clientSecret: plain }),
      "vaultmark-key": entry({ ...oidc, clientSecret: { [key]: "x" } }, { [key]: "x" }),
      "vaultmark-id": entry({ ...oidc, clientId: `${id} ${id}`, clientSecret: { config: id } }),
      "vaultmark-issuer": entry({ ...oidc, issuer: `https://x:${issuer}@login.x.example/?${issuer}` }),
      "vaultmark-word": entry({ ...oidc, pkce: word, strategy: word }, { state: word, apps: [word] }),
      "vaultmark-scope": entry(
        { ...oidc, scopes: scope },
        { machines: { machine: { scopes: [scope], authentication: scope } } },
      ),
      "vaultmark-machine": entry(oidc, {
        machines: { machine: { ...reads, clientSecret: machine, rotation: machine } },
      }),
      "vaultmark-cert": entry({
        strategy: "samlp",
        signInUrl: "https://x.example/",
        certificate: privateKey,
        domains: ["x.example"],
      }),
      "vaultmark-pem": entry(oidc, {
        machines: { m: { ...reads, authentication: "private_key_jwt", publicKeys: [privateKey] } },
      }),
      "vaultmark-arn": entry({ ...oidc, clientSecret: { arn: `${arn}:${name}:` } }),
      "vaultmark-yaml": `clientSecret: "${yaml}\nx: *${yaml}\n`,
      "vaultmark-domain": entry({ ...oidc, domains: [domain] }, { breakGlass: domain }),
    },
    settings: {
      mail: { ...smtp, password: mail, user: `${mail} x` },
      [String(setting).toLowerCase()]: "x",
      "not-encrypted": setting,
    },
  };
}
