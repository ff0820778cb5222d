import { expect, test } from "vitest";
import { connectionKind } from "../../../access/connection-kind.ts";

const social =
  `amazon apple baidu bitbucket bitly box daccount discord dropbox dwolla evernote evernote-sandbox exact facebook
  fitbit github google-oauth2 instagram line linkedin paypal paypal-sandbox planningcenter salesforce salesforce-community
  salesforce-sandbox shop shopify slack-oauth-2 soundcloud thirtysevensignals twitter untappd vkontakte weibo windowslive
  wordpress yahoo yandex`.split(/\s+/);

const enterprise =
  `ad adfs auth0-adldap auth0-oidc custom google-apps ip oauth1 oauth2 office365 oidc okta pingfederate samlp
  sharepoint waad`.split(/\s+/);

test.each([
  ["auth0", "database"],
  ["email", "passwordless"],
  ["sms", "passwordless"],
  ...social.map((strategy) => [strategy, "social"]),
  ...enterprise.map((strategy) => [strategy, "enterprise"]),
  ["", "enterprise"],
  ["Auth0", "enterprise"],
  ["auth0 ", "enterprise"],
  ["GitHub", "enterprise"],
  ["what-comes-next", "enterprise"],
])("strategy %j is %s", (strategy, kind) => {
  expect(connectionKind(strategy)).toBe(kind);
});

test.each([undefined, null, 1, ["auth0"], ["email"], { strategy: "auth0" }])(
  "strategy %j is enterprise",
  (strategy) => {
    expect(connectionKind(strategy)).toBe("enterprise");
  },
);
