import { isMap } from "../../../stacks/schema/strict.ts";
import type { Options } from "./options.ts";

/** What an entry says of a connection's own strategy: the other way round of `components/company/strategies`. */
export type Told = Readonly<Record<string, unknown>>;

interface Given {
  /** The name of the secret that the entry refers to. */
  readonly secret: string;
  readonly tenantId: string | undefined;
}

/** By the tenant's name of a strategy. */
export const readers: Readonly<Record<string, (options: Options, given: Given) => Told>> = {
  oidc: (options, { secret }) => {
    const { issuer, url } = issuerOf(options.text("issuer"), options.text("discovery_url"));
    if (url !== undefined && issuer !== undefined && url !== `${issuer.replace(/\/$/, "")}${wellKnown}`)
      options.note("discovery_url", "becomes the issuer's own");
    options.fixed({ type: "back_channel" });
    return { strategy: "oidc", issuer, ...openId(options, secret, "bind_all"), ...federated(options) };
  },
  okta: (options, { secret }) => {
    options.passOver("issuer");
    options.fixed({ type: "back_channel" });
    const domain = options.text("domain");
    return { strategy: "okta", domain, ...openId(options, secret, "basic_profile"), ...federated(options) };
  },
  samlp: (options) => ({ strategy: "samlp", ...saml(options), ...federated(options) }),
  waad: (options, { secret, ...given }) => {
    options.fixed({
      identity_api: "microsoft-identity-platform-v2.0",
      waad_protocol: "openid-connect",
      useCommonEndpoint: false,
      use_wsfed: false,
      api_enable_users: false,
      basic_profile: true,
    });
    options.passOver(
      "strategy_version",
      "thumbprints",
      "app_domain",
      "cert_rollover_notification",
      "granted",
      "domain",
    );
    const [named, id] = [options.text("tenant_domain"), options.text("tenantId")];
    const isId = named !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(named);
    const tenantId = given.tenantId ?? (isId ? named : id)?.toLowerCase();
    const userId = options.text("userid_attribute") === "sub" ? "sub" : undefined;
    return {
      strategy: "waad",
      tenantId,
      ...client(options, secret),
      ...(named !== undefined && !isId && { tenantDomain: named }),
      ...trust(options),
      ...(userId && { userId }),
      ...federated(options),
    };
  },
  "google-apps": (options, { secret }) => {
    options.fixed({ api_enable_users: false });
    options.passOver("tenant_domain", "basic_profile", "handle_login_from_social", "email", "profile", "scope");
    const byAddress = options.take("map_user_id_to_id") === false;
    return {
      strategy: "google-apps",
      domain: options.text("domain"),
      ...client(options, secret),
      ...(byAddress && { userId: "email" }),
      ...federated(options),
    };
  },
  adfs: (options) => {
    options.fixed({ api_enable_users: false });
    options.passOver("strategy_version", "thumbprints", "prev_thumbprints", "cert_rollover_notification", "entityID");
    options.passOver("signInEndpoint", "tenant_domain");
    const [metadataUrl, metadata] = [options.text("adfs_server"), options.text("fedMetadataXml")];
    return {
      strategy: "adfs",
      ...(metadataUrl === undefined ? { ...(metadata && { metadata }) } : { metadataUrl }),
      ...trust(options),
      ...federated(options),
    };
  },
  auth0: (options) => ({ strategy: "database", ...database(options) }),
};

const wellKnown = "/.well-known/openid-configuration";

function issuerOf(issuer: string | undefined, url: string | undefined) {
  return { issuer: issuer ?? (url?.endsWith(wellKnown) ? url.slice(0, -wellKnown.length) : undefined), url };
}

/** The secret itself is passed over: the entry names where it is to lie. */
function client(options: Options, config: string): Told {
  options.passOver("client_secret");
  return { clientId: options.text("client_id"), clientSecret: { config } };
}

function federated(options: Options): Told {
  const aliases = options.take("domain_aliases");
  const profile = options.text("set_user_root_attributes");
  if (profile !== undefined && profile !== "on_each_login" && profile !== "on_first_login")
    options.note("set_user_root_attributes", "becomes on_each_login");
  const iconUrl = options.text("icon_url");
  return {
    domains: Array.isArray(aliases) ? aliases.map((one) => String(one).toLowerCase()) : [],
    profile: profile === "on_first_login" ? "first-login" : "each-login",
    ...(iconUrl !== undefined && { iconUrl }),
  };
}

function trust(options: Options): Told {
  const always = options.text("should_trust_email_verified_connection") === "always_set_emails_as_verified";
  return always ? { emailVerified: "always" } : {};
}

const found = [
  "authorization_endpoint",
  "token_endpoint",
  "userinfo_endpoint",
  "jwks_uri",
  "oidc_metadata",
  "schema_version",
];

function openId(options: Options, secret: string, usualMapping: string): Told {
  options.passOver(...found);
  const known = ["openid", "profile", "email"];
  const scopes = (options.text("scope") ?? "").split(/\s+/).filter((scope) => scope !== "" && !known.includes(scope));
  const { pkce, ...settings } = options.map("connection_settings");
  if (pkce !== undefined && !["auto", "S256", "disabled"].includes(String(pkce)))
    options.note("connection_settings.pkce", "becomes auto");
  if (Object.keys(settings).length > 0) options.note("connection_settings", "keys beside pkce: no entry says them");
  const { mapping_mode: mode, attributes } = options.map("attribute_map");
  if (mode !== undefined && mode !== usualMapping && mode !== "use_map")
    options.note("attribute_map.mapping_mode", `becomes ${usualMapping}`);
  return {
    ...client(options, secret),
    ...(scopes.length > 0 && { scopes }),
    ...(pkce === "S256" || pkce === "disabled" ? { pkce } : {}),
    ...(mode === "use_map" && { attributes: claimsOf(options, attributes) }),
  };
}

const profileFields = ["email", "name", "given_name", "family_name", "nickname", "picture"];

/** Field → claim, where the claim has another name than the field. */
function claimsOf(options: Options, attributes: unknown): Told {
  const named: Record<string, string> = {};
  for (const [field, template] of Object.entries(isMap(attributes) ? attributes : {})) {
    const claim = /^\$\{context\.tokenset\.([\w.:/-]+)\}$/.exec(String(template))?.[1];
    if (claim === field) continue;
    if (claim === undefined || !profileFields.includes(field))
      options.note(`attribute_map.attributes.${field}`, "no entry says it; an up takes it away");
    else named[field] = claim;
  }
  return named;
}

function saml(options: Options): Told {
  options.fixed({ signSAMLRequest: true, signatureAlgorithm: "rsa-sha256", digestAlgorithm: "sha256", debug: false });
  options.passOver("cert", "thumbprints", "expires", "subject", "bindingMethod", "binding_method", "agentIP");
  options.passOver("agentVersion", "agentMode", "cert_rollover_notification", "strategy_version");
  options.passOver("assertion_decryption_settings");
  const signOutUrl = options.text("signOutEndpoint");
  const signsOut = options.take("disableSignout") !== true && signOutUrl !== undefined;
  const entityId = options.text("entityId");
  const binding = options.text("protocolBinding");
  if (options.map("idpinitiated").enabled === true)
    options.note("idpinitiated", "ends with an up, until idpInitiated says the reason and the app");
  const attributes = attributesOf(options, options.map("fieldsMap"));
  return {
    signInUrl: options.text("signInEndpoint"),
    ...(signsOut && { signOutUrl }),
    certificate: pemOf(options.text("signingCert")),
    ...(entityId !== undefined && { entityId }),
    ...(binding?.endsWith(":HTTP-POST") && { requestBinding: "post" }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

/** Auth0 keeps a certificate as it was given: as PEM, or as base64 of that or of its content. */
function pemOf(text: string | undefined): string | undefined {
  if (text === undefined || text.includes("-----BEGIN ")) return text;
  const decoded = Buffer.from(text, "base64").toString("latin1");
  if (decoded.includes("-----BEGIN ")) return decoded;
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/\s+/g, "")}\n-----END CERTIFICATE-----\n`;
}

/** Field → attribute, where it is one attribute; several that are tried in turn are the usual ones, or cannot be said. */
function attributesOf(options: Options, map: Told): Told {
  const named: Record<string, string> = {};
  for (const [field, value] of Object.entries(map)) {
    const names = Array.isArray(value) ? value : [value];
    const usual =
      field === "user_id" ? names.some((name) => String(name).endsWith("/nameidentifier")) : names.length > 1;
    if (usual) continue;
    if (typeof names[0] === "string" && [...profileFields, "user_id"].includes(field)) named[field] = names[0];
    else options.note(`fieldsMap.${field}`, "no entry says it; an up takes it away");
  }
  return named;
}

const shortest: Readonly<Record<string, number>> = { low: 6, fair: 8, good: 8, excellent: 10 };

function database(options: Options): Told {
  options.fixed({ disable_signup: true, brute_force_protection: true });
  options.passOver("strategy_version", "mfa", "password_no_personal_info", "customScripts");
  options.passOver("authentication_methods", "passkey_options");
  const policy = options.text("passwordPolicy");
  if (policy === "none") options.note("passwordPolicy", "becomes good");
  const { min_length: length } = options.map("password_complexity_options");
  const history = options.map("password_history");
  const { dictionary } = options.map("password_dictionary");
  const words = Array.isArray(dictionary) ? dictionary : [];
  return {
    ...(policy !== undefined && policy !== "good" && policy !== "none" && { passwordPolicy: policy }),
    ...(length !== undefined && length !== shortest[policy ?? "good"] && { minimumLength: length }),
    ...(history.enable === true && { passwordHistory: history.size }),
    ...(words.length > 0 && { dictionary: words }),
  };
}
