import { type Body, textsAt } from "../management/json.ts";

/** How a social strategy makes the scope that it asks for out of its switches. */
interface Social {
  /** What each switch asks for; one without an entry asks for nothing. */
  readonly asks: { readonly [name: string]: string };
  /** What some asked for before `strategy_version` 2, which a new connection is not unless it says so. */
  readonly asked?: { readonly [name: string]: string };
  /** What is asked for in any case. */
  readonly always?: readonly string[];
  /** What stands between the scopes of a text. @default the scope is a list */
  readonly joined?: "," | " ";
  /** Whether an empty scope is left out. @default false */
  readonly optional?: true;
}

const plain = (names: string): { [name: string]: string } =>
  Object.fromEntries(names.split(" ").map((name) => [name, name]));

/** `read_org` asks for `read:org`. */
const withVerb = (names: string): { [name: string]: string } =>
  Object.fromEntries(names.split(" ").map((name) => [name, name.replace("_", ":")]));

const facebookPermissions = [
  "ads_management ads_read allow_context_profile_field business_management email groups_access_member_info",
  "leads_retrieval manage_notifications manage_pages pages_manage_cta pages_manage_instant_articles pages_messaging",
  "pages_messaging_phone_number pages_messaging_subscriptions pages_show_list public_profile publish_actions",
  "publish_pages publish_to_groups publish_video read_audience_network_insights read_insights read_mailbox",
  "read_page_mailboxes read_stream user_age_range user_birthday user_events user_friends user_gender user_groups",
  "user_hometown user_likes user_link user_location user_managed_groups user_photos user_posts user_status",
  "user_tagged_places user_videos",
].join(" ");

/** https://auth0.com/docs/authenticate/identity-providers/social-identity-providers */
const socials: { readonly [strategy: string]: Social } = {
  apple: { asks: plain("name email"), joined: " ", optional: true },
  facebook: { asks: plain(facebookPermissions), joined: "," },
  github: {
    asks: {
      email: "user:email",
      follow: "user:follow",
      repo_status: "repo:status",
      ...plain("public_repo repo repo_deployment delete_repo notifications gist"),
      ...withVerb("read_user read_repo_hook write_repo_hook admin_repo_hook read_org write_org admin_org"),
      ...withVerb("read_public_key write_public_key admin_public_key"),
    },
  },
  "google-oauth2": {
    asks: {
      ...plain("email profile"),
      calendar: "https://www.googleapis.com/auth/calendar",
      gmail: "https://mail.google.com/mail/feed/atom",
      youtube: "https://gdata.youtube.com",
    },
  },
  line: { asks: plain("email profile"), always: ["openid"] },
  linkedin: {
    asks: { email: "r_emailaddress", profile: "r_liteprofile", basic_profile: "r_basicprofile" },
    asked: { profile: "r_basicprofile" },
  },
  salesforce: { asks: {} },
  "salesforce-community": { asks: {} },
  "salesforce-sandbox": { asks: {} },
  windowslive: { asks: { graph_user: "https://graph.microsoft.com/User.Read" }, asked: { signin: "wl.signin" } },
  wordpress: { asks: plain("profile") },
};

/** The scope of the switches that are on, in their order, and of `freeform_scopes`; it replaces what a request names. */
export function socialScope(strategy: string, options: Body): Body {
  const social = socials[strategy];
  if (!social) return {};
  const asks = options.strategy_version === 2 ? social.asks : { ...social.asks, ...social.asked };
  const asked = Object.entries(options).flatMap(([name, on]) => {
    const scope = asks[name];
    return on === true && scope !== undefined ? [scope] : [];
  });
  const scopes = [...(social.always ?? []), ...asked, ...textsAt(options, "freeform_scopes")];
  if (social.optional && scopes.length === 0) return {};
  return { scope: social.joined === undefined ? scopes : scopes.join(social.joined) };
}
