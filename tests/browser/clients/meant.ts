import { decodeJwt } from "jose";
import { expect } from "vitest";
import type { Person } from "../person.ts";
import type { BrowserScene } from "../stage.ts";

/** Somebody as the tokens show them. */
export interface Profile {
  readonly email: string;
  readonly name: string;
  readonly nickname: string;
  readonly [attribute: string]: string;
}

/** What the tokens of one login or renewal have to say. */
export interface Meant {
  readonly person: Profile;
  /** By its slug; undefined for an individual. */
  readonly company?: string;
  /** What both tokens say by the Action, without the namespace of those claims. */
  readonly says: Readonly<Record<string, string>>;
  /** Whether the first role was given just now. */
  readonly renew?: true;
  /** What every app may ask for first, then the API's, each in the order in which it was asked for. */
  readonly scope: string;
  /** In the order of the alphabet. */
  readonly permissions: readonly string[];
  /** Undefined for what a refresh gives. */
  readonly nonce?: string | undefined;
  /** Of the login that this one goes on with. @default any of the form */
  readonly sid?: unknown;
}

/** The apps' APIs, and how long both tokens live, in seconds. */
const apps = {
  main: { audience: "https://api.travel.example/", id: 3_600, access: 3_600 },
  "vendor-rental": { audience: "https://vendor-api.travel.example/", id: 3_600, access: 1_800 },
} as const;

const namespace = "https://travel.example/claims/";

/** All that both tokens say, and nothing else; whatever has an id by the tenant's own lists. */
export async function meant(scene: BrowserScene, app: keyof typeof apps, login: Meant) {
  const { person, company, says, scope, permissions, renew, nonce, sid = expect.stringMatching(/^[\w-]{32}$/) } = login;
  const { hands, tenant } = scene;
  const { audience, id, access } = apps[app];
  const [azp, sub] = [await hands.idOf("app", app), await hands.idOf("user", person.email)];
  const { updated_at } = (await hands.read(`users/${encodeURIComponent(sub)}`)) as { readonly updated_at: string };
  const profile = { ...person, email_verified: true, updated_at };
  const both = {
    iss: `${tenant}/`,
    sub,
    made: "meanwhile",
    ...(company === undefined ? {} : { org_id: await hands.idOf("org", company) }),
    ...Object.fromEntries(Object.entries(says).map(([name, said]) => [`${namespace}${name}`, said])),
  };
  return {
    userinfo: { sub, ...profile },
    id: {
      ...both,
      ...profile,
      aud: azp,
      sid,
      lives: id,
      ...(nonce === undefined ? {} : { nonce }),
      ...(renew ? { [`${namespace}renew`]: "first_roles" } : {}),
    },
    access: { ...both, aud: [audience, `${tenant}/userinfo`], azp, scope, permissions, lives: access },
  };
}

/**
 * The nonce that an app sent with somebody last: a library keeps it to itself, and the browser's address has it.
 * @param tenant its origin: the tenant itself sends another one to a company's provider
 */
export function nonceSent({ page }: Person, tenant: string): () => string {
  const sent = [""];
  page.on("request", (request) => {
    const { origin, searchParams } = new URL(request.url());
    const nonce = searchParams.get("nonce");
    if (origin === tenant && nonce !== null) sent.push(nonce);
  });
  return () => sent.at(-1) ?? "";
}

/** Seconds, as tokens tell the time. */
export const now = () => Math.floor(Date.now() / 1_000);

/** What a token says, or the claims that a library read in it: its times by how long it lives, and whether it was made from `began` on. */
export function told(token: unknown, began: number): Readonly<Record<string, unknown>> {
  // auth0-spa-js puts the token itself beside its claims
  const { __raw, iat, exp, ...said } =
    typeof token === "string" ? decodeJwt(token) : ({ ...(token as object) } as Read);
  const made = Number(iat) >= began && Number(iat) <= now() ? "meanwhile" : `at ${iat}, not from ${began} to ${now()}`;
  return { ...said, lives: Number(exp) - Number(iat), made };
}

type Read = Readonly<Record<string, unknown>>;
