import type { Act, Call } from "../scenarios/scenario.ts";
import { send } from "../scenarios/send.ts";
import { company, enabled, member, newPerson, person, says } from "../scenarios/story.ts";
import type { Attack, Doing } from "./attack.ts";
import { claimedDomains, ownDomains, refreshesToo, silentToo } from "./guards.ts";
import { acts, resetTo, type Scene, unbind, words } from "./scene.ts";

// A company's addresses belong to its own single sign-on, and its single sign-on to its own addresses.

const EVE = "eve@acme.example";
const GLASS = "admin@acme.example";
const GUEST = "guest@mail.example";
const LATER = "later@mail.example";
const refusedWith = (sentence: string) => `access_denied: ${sentence}`;
const byPassword = (as: string, more: object = {}): Act => ({ app: "main", ask: { connection: "users" }, as, ...more });
const insideAcme = { app: "main", ask: { organization: "{org:acme}", connection: "users" }, factor: true } as const;
const byAcme = (as: string): Act => ({ app: "main", ask: { connection: "acme-sso" }, as });
const silently: Act = { app: "main", ask: { prompt: "none" } };
const becomes = (email: string): Act => ({ change: [person(LATER, { email, connection: "users" })] });
const again = (as: string): Act => byPassword(as, { ask: { connection: "users", prompt: "login" } });

const google: Call = {
  method: "POST",
  path: "connections",
  body: {
    name: "google",
    strategy: "google-oauth2",
    options: { client_id: "google-client", client_secret: "google-secret" },
    enabled_clients: ["{app:main}"],
  },
};

/** Whether the directory has an account of this address afterwards. */
const account =
  (email: string, doing: Doing): Doing =>
  async (scene) => {
    const came = await doing(scene);
    const found = (await scene.hands.read(`users-by-email?email=${encodeURIComponent(email)}`)) as readonly unknown[];
    return found.length > 0 ? "an account" : came;
  };
const signUp = (email: string) => account(email, acts(byPassword(email, { signUp: true })));
const signUpByApi = (email: string) =>
  account(email, async (scene: Scene) => {
    const client_id = await scene.hands.idOf("app", "main");
    const json = { client_id, connection: "users", email, password: "Loopback-Only-1" };
    const { body } = await send(scene.stage.ca, scene.at("dbconnections/signup").href, { method: "POST", json });
    const { code, description } = body as { readonly code?: string; readonly description?: string };
    return words(code ?? "", description ?? "");
  });

/** An account of acme's to which one of the directory's is linked. */
const linked = (email: string): Doing =>
  acts(
    byAcme("ann@acme.example"),
    {
      change: [
        newPerson(email),
        {
          method: "POST",
          path: "users/{user:ann@acme.example}/identities",
          body: { provider: "auth0", user_id: `{user:${email}}` },
        },
      ],
    },
    byAcme("ann@acme.example"),
  );

export const addresses: readonly Attack[] = [
  {
    title: "has a password at a company's address and names the directory in the request",
    guard: claimedDomains,
    given: [newPerson(EVE), newPerson(GUEST)],
    attack: acts(byPassword(EVE)),
    refused: refusedWith(says.sso),
    gains: "in",
    twin: acts(byPassword(GUEST)),
  },
  {
    title: "has a password at the address of a company that keeps one account with a password, and is a member too",
    guard: {
      action: "post-login",
      line: "return isBreakGlass(organization.metadata, fieldsOf(user)?.email) && addressesOf(user).others.length === 0;",
      becomes: "return addressesOf(user).others.length === 0;",
    },
    given: [
      company("acme", { metadata: { type: "customer", status: "active", api_access: "on", break_glass: GLASS } }),
      enabled("acme", "users"),
      ...[EVE, GLASS].flatMap((email) => [newPerson(email), member(email, "acme")]),
    ],
    attack: acts({ ...insideAcme, as: EVE }),
    refused: refusedWith(says.sso),
    gains: "in acme",
    twin: acts({ ...insideAcme, as: GLASS }),
  },
  {
    title: "has a social account that was made with a company's address",
    guard: claimedDomains,
    given: [google],
    attack: acts({ app: "main", ask: { connection: "google" }, as: EVE }),
    refused: refusedWith(says.sso),
    gains: "in",
    twin: acts({ app: "main", ask: { connection: "google" }, as: "gil@mail.example" }),
  },
  {
    title: "signs in silently after a refusal",
    guard: silentToo,
    given: [newPerson(LATER)],
    attack: acts(byPassword(LATER), becomes(EVE), again(EVE), silently),
    refused: refusedWith(says.sso),
    gains: "in",
    twin: acts(byPassword(LATER), becomes(GUEST), again(GUEST), silently),
  },
  {
    title: "refreshes tokens of before the address was a company's",
    guard: refreshesToo,
    given: [newPerson(LATER)],
    attack: acts(byPassword(LATER), becomes(EVE), { refresh: "main" }),
    refused: refusedWith(says.sso),
    gains: "in",
    twin: acts(byPassword(LATER), becomes(GUEST), { refresh: "main" }),
  },
  {
    title: "signs up with a company's address on the page",
    guard: { unbound: "pre-user-registration" },
    attack: signUp(EVE),
    refused: "stopped at sign-up: Please sign in through your company's own login.",
    gains: "an account",
    twin: signUp(GUEST),
  },
  {
    title: "signs up with a company's address past the page",
    guard: { unbound: "pre-user-registration" },
    attack: signUpByApi(EVE),
    refused: "extensibility_error: Please sign in through your company's own login.",
    gains: "an account",
    twin: signUpByApi(GUEST),
  },
  {
    title: "sets a new password at a company's address",
    guard: { unbound: "password-reset-post-challenge" },
    given: [newPerson(EVE), newPerson(GUEST)],
    attack: resetTo("Loopback-Only-2", EVE),
    refused: `Sign-in is not possible: access_denied: ${says.sso}`,
    gains: "Password changed",
    twin: resetTo("Loopback-Only-2", GUEST),
  },
  {
    title: "managed to set a password at a company's address and signs in with it",
    guard: claimedDomains,
    given: [newPerson(EVE), newPerson(GUEST), unbind("password-reset-post-challenge")],
    attack: async (scene) => {
      await resetTo("Loopback-Only-2", EVE)(scene);
      return acts(byPassword(EVE, { password: "Loopback-Only-2" }))(scene);
    },
    refused: refusedWith(says.sso),
    gains: "in",
    twin: async (scene) => {
      await resetTo("Loopback-Only-2", GUEST)(scene);
      return acts(byPassword(GUEST, { password: "Loopback-Only-2" }))(scene);
    },
  },
  {
    title: "comes through a company's provider with another company's address",
    guard: ownDomains,
    attack: acts(byAcme("mallory@cedar.example")),
    refused: refusedWith(says.mismatch),
    gains: "in acme",
    twin: acts(byAcme("ann@acme.example")),
  },
  {
    title: "comes through a company's provider with an individual's address",
    guard: ownDomains,
    attack: acts(byAcme("lena@mail.example")),
    refused: refusedWith(says.mismatch),
    gains: "in acme",
    twin: acts(byAcme("adam@acme.example")),
  },
  {
    title: "comes through a company's provider without any address",
    guard: {
      action: "post-login",
      line: "return owns(root) && !foreign ?",
      becomes: "return (root === void 0 || owns(root)) && !foreign ?",
    },
    attack: acts(byAcme("nobody@acme.example")),
    refused: refusedWith(says.mismatch),
    gains: "in acme",
    twin: acts(byAcme("ann@acme.example")),
  },
  {
    title: "is linked to an account at another company's address",
    guard: {
      action: "post-login",
      line: "const foreign = others.some(",
      becomes: "const foreign = false && others.some(",
    },
    attack: linked("ann@cedar.example"),
    refused: refusedWith(says.mismatch),
    gains: "in acme",
    twin: linked("ann@mail.example"),
  },
  {
    title: "is a member with an address that nobody verified",
    guard: {
      action: "post-login",
      line: `if (connectionKind(strategy) !== "enterprise" && email_verified !== true) return refusal("unverified_email");`,
      becomes: "",
    },
    given: [
      newPerson("uma@mail.example", { email_verified: false }),
      newPerson("vera@mail.example"),
      member("uma@mail.example", "dune-crafts"),
      member("vera@mail.example", "dune-crafts"),
    ],
    attack: acts({ app: "main", ask: { organization: "{org:dune-crafts}" }, as: "uma@mail.example" }),
    refused: refusedWith(says.unverified),
    gains: "in dune-crafts",
    twin: acts({ app: "main", ask: { organization: "{org:dune-crafts}" }, as: "vera@mail.example" }),
  },
];
