import { choice, record, type Schema, text } from "../management/fields.ts";

/** The kinds of identity provider: https://auth0.com/docs/api/management/v2/users/post-identities */
export const provider: Schema = choice([
  ...[
    "ad",
    "adfs",
    "amazon",
    "apple",
    "dropbox",
    "bitbucket",
    "auth0-oidc",
    "auth0",
    "baidu",
    "bitly",
    "box",
    "custom",
  ],
  ...["daccount", "dwolla", "email", "evernote-sandbox", "evernote", "exact", "facebook", "fitbit", "github"],
  ...["google-apps", "google-oauth2", "instagram", "ip", "line", "linkedin", "oauth1", "oauth2", "office365", "oidc"],
  ...["okta", "paypal", "paypal-sandbox", "pingfederate", "planningcenter", "salesforce-community"],
  ...["salesforce-sandbox", "salesforce", "samlp", "sharepoint", "shopify", "shop", "sms", "soundcloud"],
  ...["thirtysevensignals", "twitter", "untappd", "vkontakte", "waad", "weibo", "windowslive", "wordpress", "yahoo"],
  "yandex",
]);

export const connectionId: Schema = text({ pattern: "^con_[A-Za-z0-9]{16}$" });

/** An identity as the body of a ticket or a job names it; its provider is one of `providers`. */
export function identityField(providers: Schema = provider): Schema {
  return record(
    { user_id: text(), provider: providers, connection_id: connectionId },
    { required: ["user_id", "provider"] },
  );
}
