import {
  choice,
  decimal,
  extended,
  flag,
  freeRecord,
  list,
  nullable,
  oneOf,
  record,
  text,
  whole,
  without,
} from "../management/fields.ts";

const identifier = record({ active: flag(), default_method: choice(["password", "email_otp", "phone_otp"]) });
const status = choice(["required", "optional", "inactive"]);
const signup = record({ status, verification: record({ active: flag() }) });
const enabled = record({ enabled: flag() });

const attributes = record(
  {
    email: record({
      identifier,
      unique: flag(),
      profile_required: flag(),
      verification_method: choice(["link", "otp", "code"]),
      signup,
    }),
    phone_number: record({ identifier, profile_required: flag(), signup }),
    username: record({
      identifier,
      profile_required: flag(),
      signup: record({ status }),
      validation: record({
        min_length: decimal({ min: 1, max: 128 }),
        max_length: decimal({ min: 1, max: 128 }),
        allowed_types: record({ email: flag(), phone_number: flag() }),
      }),
    }),
  },
  { min: 1 },
);

const upstream = choice([
  ...["acr_values", "audience", "client_id", "display", "id_token_hint", "login_hint", "max_age", "prompt"],
  ...["resource", "response_mode", "response_type", "ui_locales"],
]);

/** Options that several strategies share; the rest differ by strategy and pass as they are. */
const options = record(
  {
    validation: nullable(
      record({
        username: nullable(record({ min: whole({ min: 1 }), max: whole({ max: 128 }) }, { required: ["max", "min"] })),
      }),
    ),
    non_persistent_attrs: nullable(list(text())),
    precedence: list(choice(["email", "phone_number", "username"]), { min: 3 }),
    attributes,
    enable_script_context: flag(),
    enabledDatabaseCustomization: flag(),
    import_mode: flag(),
    disable_signup: flag(),
    requires_username: flag(),
    configuration: nullable(freeRecord({ values: nullable(text()) })),
    customScripts: freeRecord({ values: text({ min: 1 }) }),
    authentication_methods: nullable(
      record({
        password: record({
          enabled: flag(),
          api_behavior: choice(["required", "optional"]),
          signup_behavior: choice(["allow", "block"]),
        }),
        passkey: enabled,
        email_otp: enabled,
        phone_otp: enabled,
      }),
    ),
    passkey_options: nullable(
      record({
        challenge_ui: choice(["both", "autofill", "button"]),
        progressive_enrollment_enabled: flag(),
        local_enrollment_enabled: flag(),
      }),
    ),
    passwordPolicy: nullable(choice(["none", "low", "fair", "good", "excellent"])),
    password_complexity_options: nullable(record({ min_length: whole({ min: 1, max: 128 }) })),
    password_history: nullable(record({ enable: flag(), size: whole({ min: 0, max: 24 }) }, { required: ["enable"] })),
    password_no_personal_info: nullable(record({ enable: flag() }, { required: ["enable"] })),
    password_dictionary: nullable(
      record({ enable: flag(), dictionary: list(text({ max: 50 })) }, { required: ["enable"] }),
    ),
    disable_self_service_change_password: flag(),
    domain_aliases: nullable(list(text({ min: 1, max: 256 }), { max: 1000 })),
    upstream_params: nullable(freeRecord({ values: oneOf(record({ alias: upstream }), record({ value: text() })) })),
    set_user_root_attributes: choice(["on_each_login", "on_first_login", "never_on_login"]),
    should_trust_email_verified_connection: choice(["never_set_emails_as_verified", "always_set_emails_as_verified"]),
    identity_api: choice(["microsoft-identity-platform-v2.0", "azure-active-directory-v1.0"]),
    userid_attribute: choice(["oid", "sub"]),
    token_endpoint_auth_method: nullable(choice(["client_secret_post", "private_key_jwt"])),
    token_endpoint_jwtca_aud_format: nullable(choice(["issuer", "token_endpoint"])),
  },
  { open: true },
);

/** https://auth0.com/docs/api/management/v2/connections/post-connections */
export const connectionFields = record(
  {
    name: text({
      max: 128,
      pattern: "^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$",
    }),
    display_name: text({ max: 128 }),
    strategy: choice([
      ...["ad", "adfs", "amazon", "apple", "auth0", "auth0-oidc", "baidu", "bitbucket", "bitly", "box", "custom"],
      ...["daccount", "dropbox", "dwolla", "email", "evernote", "evernote-sandbox", "exact", "facebook", "fitbit"],
      ...["github", "google-apps", "google-oauth2", "instagram", "ip", "line", "linkedin", "oauth1", "oauth2"],
      ...["office365", "oidc", "okta", "paypal", "paypal-sandbox", "pingfederate", "planningcenter", "salesforce"],
      ...["salesforce-community", "salesforce-sandbox", "samlp", "sharepoint", "shop", "shopify", "sms", "soundcloud"],
      ...["thirtysevensignals", "twitter", "untappd", "vkontakte", "waad", "weibo", "windowslive", "wordpress"],
      ...["yahoo", "yandex"],
    ]),
    options,
    enabled_clients: list(text({ format: "client-id" })),
    is_domain_connection: flag(),
    show_as_button: flag(),
    realms: list(text({ format: "connection-realm" })),
    metadata: freeRecord({ max: 10, values: nullable(text({ max: 255 })) }),
    authentication: record({ active: flag() }, { required: ["active"] }),
    connected_accounts: record({ active: flag(), cross_app_access: flag() }, { required: ["active"] }),
    cross_app_access_requesting_app: nullable(record({ active: flag() }, { required: ["active"] })),
    cross_app_access_resource_app: nullable(record({ status: choice(["enabled", "disabled"]) })),
  },
  { required: ["name", "strategy"] },
);

/** https://auth0.com/docs/api/management/v2/connections/patch-connections-by-id: name and strategy stay as they are. */
export const connectionPatchFields = {
  ...extended(without(connectionFields, "name", "strategy"), {
    options: nullable(options),
    enabled_clients: nullable(list(text({ format: "client-id" }))),
  }),
  minProperties: 1,
};
