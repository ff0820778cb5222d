import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ManagementClient } from "auth0";
import { afterAll, beforeAll, expect, test } from "vitest";
import { companyIn, readOffline } from "../../cli/customer/place.ts";
import { type InviteOptions, invite, wanted } from "../../cli/member/invite.ts";
import { list } from "../../cli/member/list.ts";
import { remove } from "../../cli/member/remove.ts";
import { movePerson } from "../../cli/stage/person.ts";
import { root } from "../harness/stack-settings.ts";
import type { Stage } from "./play.ts";
import { errors, nadia, owner, pavel, preCustomer, says, vendorEditor } from "./story.ts";
import { DeployedStack } from "./world.ts";

let stack: DeployedStack;

beforeAll(async () => {
  stack = await DeployedStack.up();
});

afterAll(() => stack?.close());

const { settings } = readOffline({ root, stack: "local" });
const company = (slug: string) => companyIn(settings, slug, "local");

/** The commands, as the operator's own clients for them, against a tenant that asks for scopes. */
class Operator {
  readonly #stage: Stage;
  /** Writes that still succeed; the next one finds no network. */
  #left = Number.POSITIVE_INFINITY;

  constructor(stage: Stage) {
    setDefaultCACertificates([...getCACertificates("default"), stage.ca]);
    this.#stage = stage;
  }

  invite(slug: string, address: string, options: InviteOptions = {}) {
    return invite(this.#client("people"), wanted(settings, company(slug), address, options), new Date());
  }

  /** @param writes how many succeed before the network is gone. @default all */
  remove(slug: string, who: string, writes = Number.POSITIVE_INFINITY) {
    this.#left = writes;
    return remove(this.#client("people"), slug, who, new Date());
  }

  async list(slug: string): Promise<string[]> {
    const { members, invitations } = await list(this.#client("people"), settings, company(slug), new Date());
    return [
      ...members.map(({ name, roles, by, left }) => `${name}: ${roles.join(", ")}; ${by}${left ? "; left" : ""}`),
      ...invitations.map(({ email, roles }) => `${email}: invited, ${roles.join(", ")}`),
    ];
  }

  move(who: string, to: string) {
    return movePerson(this.#client("sales"), who, { stages: settings.stages, to, back: false });
  }

  #client(operator: "people" | "sales"): ManagementClient {
    const watched: typeof fetch = (input, init) => {
      const writes = !["GET", undefined].includes(init?.method) && !String(input).endsWith("/oauth/token");
      if (writes && this.#left-- <= 0) return Promise.reject(new Error("the network is gone"));
      return fetch(input, init);
    };
    const { issuer, secrets } = this.#stage;
    const [clientId = "", clientSecret = ""] = [secrets.get(`${operator} id`), secrets.get(operator)];
    const domain = new URL(issuer).host;
    return new ManagementClient({ domain, clientId, clientSecret, maxRetries: 0, fetch: watched });
  }
}

const NEW = "new@mail.example";
const login = { app: "main", as: NEW } as const;
const inDune = { organization: "{org:dune-crafts}" };
const duneTokens = { as: NEW, organization: "dune-crafts", type: "customer", stage: "owner", may: owner } as const;

test("from the mail to the first login, and to the last renewal: whoever is removed gets no token from the first step on", () =>
  stack.play({ SCOPES: "on" }, async (play, stage) => {
    const operator = new Operator(stage);
    await operator.invite("dune-crafts", NEW, { role: ["owner"] });
    expect(await operator.list("dune-crafts")).toEqual([
      "bruno@mail.example: owner; password",
      "nadia@mail.example: owner; password",
      "tarek@mail.example: api-administrator; password",
      "new@mail.example: invited, owner",
    ]);
    expect(await play.act({ ...login, invited: NEW, signUp: true })).toMatchObject({
      admitted: duneTokens,
      pages: ["identifier", "sign-up"],
    });
    expect(await play.act({ refresh: "main" })).toEqual({ tokens: duneTokens });
    expect((await operator.list("dune-crafts")).slice(2)).toEqual([
      "new@mail.example: owner; password",
      "tarek@mail.example: api-administrator; password",
    ]);

    const left = { turnedDown: "access_denied", says: says.left };
    // `left` is there, the membership is not gone
    await expect(operator.remove("dune-crafts", NEW, 1)).rejects.toThrow();
    expect(await play.act({ refresh: "main" })).toEqual(left);
    const again = { ...login, ask: inDune };
    expect(await play.act(again)).toMatchObject({ refused: "access_denied", says: says.left });
    expect(await play.act({ ...again, browser: "another" })).toMatchObject({ says: says.left });
    // the membership is gone, the refresh tokens are not
    await expect(operator.remove("dune-crafts", NEW, 1)).rejects.toThrow();
    expect(await play.act({ refresh: "main" })).toEqual(left);
    const outside = `user is not part of the ${await play.hands.idOf("org", "dune-crafts")} organization`;
    expect(await play.act(again)).toMatchObject({ refused: "access_denied", says: outside });
    expect(await operator.remove("dune-crafts", NEW)).toMatchObject({ accounts: [{ left: "before", tokens: 1 }] });
    const ended = { turnedDown: "invalid_grant", says: "Unknown or invalid refresh token." };
    expect(await play.act({ refresh: "main" })).toEqual(ended);

    // as an individual nothing was taken away
    expect(await play.act(login)).toMatchObject({ admitted: { as: NEW, stage: "lead", renew: true }, pages: [] });
    expect(await play.act({ refresh: "main" })).toEqual({ tokens: { as: NEW, stage: "lead", may: preCustomer } });
    expect(await operator.invite("dune-crafts", NEW)).toMatchObject({ returns: true });
    // without a role in the invitation the first login gives one again
    const { may: _, ...member } = duneTokens;
    expect(await play.act({ ...login, invited: NEW })).toMatchObject({ admitted: { ...member, renew: true } });
    expect(await play.act({ refresh: "main" })).toEqual({ tokens: duneTokens });
  }));

test("who is removed from one of two companies goes on in the other, after one new login", () =>
  stack.play({ SCOPES: "on" }, async (play, stage) => {
    const operator = new Operator(stage);
    const bruno = { as: "bruno@mail.example" } as const;
    const catering = { app: "vendor-catering", ask: { organization: "{org:fresh-table}" }, ...bruno } as const;
    const vendor = { ...bruno, organization: "fresh-table", type: "vendor", may: vendorEditor };
    expect(await play.act(catering)).toMatchObject({ admitted: vendor });
    expect(await play.act({ app: "main", ask: inDune, ...bruno })).toMatchObject({
      admitted: { ...nadia, ...bruno },
    });
    expect(await operator.remove("dune-crafts", "bruno@mail.example")).toMatchObject({ accounts: [{ tokens: 2 }] });
    expect(await play.act({ refresh: "vendor-catering" })).toMatchObject({ turnedDown: "invalid_grant" });
    expect(await play.act(catering)).toMatchObject({ admitted: vendor, pages: [] });
    expect(await play.act({ refresh: "vendor-catering" })).toEqual({ tokens: vendor });
    // of one organization now, a vendor's: the main app has its registration for individuals for him
    expect(await play.act({ app: "main", ...bruno })).toMatchObject({ says: says.wrongType });
    expect(await play.act({ app: "main-personal", ...bruno })).toMatchObject({ admitted: bruno });
  }));

test("single sign-on: a guest accepts through the company's own provider, and who was removed stays out though it makes a member of her", () =>
  stack.play({ SCOPES: "on" }, async (play, stage) => {
    const operator = new Operator(stage);
    const adam = "adam@acme.example";
    expect(await operator.invite("borealis", adam, { role: ["pre-customer"] })).toMatchObject({
      way: { connection: "acme-sso" },
    });
    expect(await play.act({ app: "main", invited: adam, as: adam })).toMatchObject({
      admitted: { as: adam, organization: "borealis", stage: "prospect-demo", may: preCustomer },
      pages: ["identifier", "provider"],
    });
    expect(await operator.list("borealis")).toEqual(["adam@acme.example: pre-customer; acme-sso"]);

    const ann = { app: "main", as: "ann@acme.example", browser: "ann" } as const;
    expect(await play.act(ann)).toMatchObject({ admitted: { organization: "acme" } });
    await operator.remove("acme", "ann@acme.example");
    expect(await operator.list("acme")).toEqual([]);
    expect(await play.act({ ...ann, browser: "hers too" })).toMatchObject({
      refused: "access_denied",
      says: says.left,
    });
    expect(await operator.list("acme")).toEqual(["ann@acme.example: ; acme-sso; left"]);
    expect(await play.act({ refresh: "main" })).toMatchObject({ turnedDown: "invalid_grant" });
  }));

test("a program with the scopes of another operator cannot invite", () =>
  stack.play({ SCOPES: "on" }, async (play) => {
    const path = `organizations/${await play.hands.idOf("org", "acme")}/invitations`;
    const body = { inviter: { name: "Sales" }, invitee: { email: NEW }, client_id: "{app:main}" };
    expect(await play.act({ program: "sales", calls: { method: "POST", path, body } })).toMatchObject({
      turnedDown: "insufficient_scope",
    });
    expect(await play.act({ program: "back-office", calls: { method: "POST", path, body } })).toEqual({
      turnedDown: "access_denied",
      says: errors.noGrant("{tenant:api/v2/}").replace("{tenant:api/v2/}", await play.hands.idOf("tenant", "api/v2/")),
    });
  }));

test("R6, R7: who is moved to another stage has it, and the role that goes with it, at the next login", () =>
  stack.play({ SCOPES: "on" }, async (play, stage) => {
    expect(await play.act({ app: "main", as: pavel.as })).toMatchObject({ admitted: pavel });
    expect(await new Operator(stage).move(pavel.as, "owner")).toMatchObject({
      from: "prospect",
      swaps: [{ from: "pre-customer", to: "owner", company: undefined }],
    });
    // a renewal's `scope` is no wider than its login's: a new one, by the session, asks for all again (and at localhost for consent)
    expect(await play.act({ app: "main" })).toMatchObject({
      admitted: { ...pavel, stage: "owner", may: owner },
      pages: [],
    });
    expect(await play.act({ refresh: "main" })).toEqual({ tokens: { ...pavel, stage: "owner", may: owner } });
  }));
