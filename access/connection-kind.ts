/** How a person proved who they are; the rules for addresses follow from it. */
export type ConnectionKind = "database" | "passwordless" | "social" | "enterprise";

const passwordless = new Set<unknown>(["email", "sms"]);

/**
 * Auth0's own social strategies. `oauth1`, `oauth2` and `custom` are not among them: anybody may be behind one,
 * so it has to prove its domains like a company's login.
 * https://auth0.com/docs/api/management/v2/connections/post-connections
 */
const social = new Set<unknown>(
  `amazon apple baidu bitbucket bitly box daccount discord dropbox dwolla evernote evernote-sandbox
  exact facebook fitbit github google-oauth2 instagram line linkedin paypal paypal-sandbox
  planningcenter salesforce salesforce-community salesforce-sandbox shop shopify slack-oauth-2
  soundcloud thirtysevensignals twitter untappd vkontakte weibo windowslive wordpress yahoo yandex`.split(/\s+/),
);

/** The kind of a connection, by `event.connection.strategy`. Whatever is not known counts as enterprise: the strictest. */
export function connectionKind(strategy: unknown): ConnectionKind {
  if (strategy === "auth0") return "database";
  if (passwordless.has(strategy)) return "passwordless";
  return social.has(strategy) ? "social" : "enterprise";
}
