import type { Call } from "../../scenarios/scenario.ts";
import { member, newPerson, says } from "../../scenarios/story.ts";
import { ann, customer, type GoodEntries, named, oidc, suspended, through, vendor, visit } from "./good.ts";

const me = (address: string, slug: string): { readonly change: readonly Call[] } => ({
  change: [newPerson(address), member(address, slug)],
});
const password = "users";
const invited = (slug: string, email: string): Call => ({
  method: "POST",
  path: `organizations/{org:${slug}}/invitations`,
  body: {
    inviter: { name: "Nadia" },
    invitee: { email },
    client_id: "{app:main}",
    connection_id: `{connection:${slug}-sso}`,
  },
});
const shut = (slug: string, title: string, more: object): GoodEntries => ({
  [slug]: {
    title: `${title}, beside its twin that is live`,
    entry: through(slug, oidc(slug), more),
    logins: [
      [visit(ann(slug)), suspended],
      [visit(ann("twin")), "in twin"],
    ],
  },
});
const pilots = { connection: "pilot-sso" };

/** States, guests, and what an entry sets for its people. */
export const people: GoodEntries = {
  twin: {
    title: "a company that says that it is live",
    entry: through("twin", oidc("twin"), { state: "live" }),
    logins: [[visit(ann("twin")), "in twin"]],
  },
  ...shut("halted", "a suspended company", { state: "suspended" }),
  ...shut("retired", "a retired company", { state: "retired" }),
  ...shut("leaving", "a retired company whose people may be deleted", { state: "retired", people: "delete" }),
  pilot: {
    title: "a pilot: who is invited comes in, and its domain is anybody's as before",
    entry: through("pilot", oidc("pilot"), { state: "pilot" }),
    logins: [
      [visit(ann("pilot")), "stopped at password: Wrong email or password"],
      [{ change: [invited("pilot", "tess@pilot.example")] }, "done"],
      [
        { app: "main", invited: "tess@pilot.example", as: "tess@pilot.example", press: "Continue with pilot" },
        "in pilot",
      ],
      [
        named("pilot", "tess@pilot.example", {
          ask: { organization: "{org:pilot}", ...pilots },
          browser: "tess again",
        }),
        "in pilot",
      ],
    ],
  },
  plain: {
    title: "a customer without a connection: its people have a password",
    entry: customer("Plain"),
    logins: [
      [me("pia@mail.example", "plain"), "done"],
      [visit("pia@mail.example"), "in plain"],
      [
        named("plain", "pia@mail.example", {
          browser: "pia again",
          app: "portal",
          ask: {},
          organization: "plain",
          factor: true,
        }),
        "in plain",
      ],
    ],
  },
  offline: {
    title: "a customer without API access: the main app is open, the portal is not",
    entry: customer("Offline", { conditions: { api_access: "off" } }),
    logins: [
      [me("olaf@mail.example", "offline"), "done"],
      [visit("olaf@mail.example"), "in offline"],
      [
        { app: "portal", organization: "offline", as: "olaf@mail.example", factor: true, browser: "olaf again" },
        `refused: ${says.notEntitled}`,
      ],
    ],
  },
  host: {
    title: "guests of another company and of the shared directory, each added by hand",
    entry: through("host", oidc("host"), { guests: ["twin-sso", "users"] }),
    logins: [
      [named("host", "gus@twin.example"), "refused: user is not part of the {org:host} organization"],
      [
        {
          change: [
            member("gus@twin.example", "host"),
            newPerson("hal@mail.example"),
            member("hal@mail.example", "host"),
          ],
        },
        "done",
      ],
      [named("host", "gus@twin.example", { browser: "gus again" }), "in host"],
      [named("host", "hal@mail.example", { ask: { organization: "{org:host}", connection: password } }), "in host"],
      [visit(ann("host")), "in host"],
    ],
  },
  both: {
    title: "two companies have guests of each other, one",
    entry: through("both", oidc("both"), { guests: ["each-sso"] }),
    logins: [
      [visit(ann("both")), "in both"],
      [{ change: [member(ann("both"), "each")] }, "done"],
      [named("each", ann("both"), { browser: "both at each" }), "in each"],
    ],
  },
  each: {
    title: "two companies have guests of each other, the other",
    entry: through("each", oidc("each"), { guests: ["both-sso"] }),
    logins: [[visit(ann("each")), "in each"]],
  },
  listed: {
    title: "people become members by hand alone",
    entry: through("listed", oidc("listed", { autoMembership: false })),
    logins: [
      [visit(ann("listed")), `refused: ${says.organizationOf("listed")}`],
      [{ change: [member(ann("listed"), "listed")] }, "done"],
      [visit(ann("listed"), { browser: "ann, listed" }), "in listed"],
    ],
  },
  bearers: {
    title: "roles that its members may hold: a first login gives none beside them",
    entry: through("bearers", oidc("bearers"), { stage: "owner", memberRoles: ["api-administrator", "pre-customer"] }),
    logins: [
      [visit(ann("bearers")), "in bearers at owner"],
      [{ refresh: "main" }, "tokens of bearers: nothing"],
    ],
  },
  owners: {
    title: "a stage, by which a first login gives the owner's role",
    entry: through("owners", oidc("owners"), { stage: "owner", memberRoles: ["owner"] }),
    logins: [
      [visit(ann("owners")), "in owners at owner"],
      [{ refresh: "main" }, "tokens of owners: create:bookings read:account read:bookings update:account"],
    ],
  },
  mainly: {
    title: "apps that its people may enter, and no other",
    entry: through("mainly", oidc("mainly"), { apps: ["main"] }),
    logins: [
      [visit(ann("mainly")), "in mainly"],
      [
        { app: "portal", organization: "mainly", as: ann("mainly"), browser: "ann at the portal" },
        `refused: ${says.notEntitled}`,
      ],
    ],
  },
  portals: {
    title: "the portal alone",
    entry: through("portals", oidc("portals"), { apps: ["portal"] }),
    logins: [
      [visit(ann("portals")), `refused: ${says.notEntitled}`],
      [{ app: "portal", organization: "portals", as: ann("portals"), browser: "ann at the portal" }, "in portals"],
    ],
  },
  careful: {
    title: "a second factor of every member",
    entry: through("careful", oidc("careful"), { mfa: "required" }),
    logins: [
      [visit(ann("careful")), "stopped at enrollment"],
      [visit(ann("careful"), { browser: "with a phone", factor: true }), "in careful"],
    ],
  },
  glass: {
    title: "one account with a password at its domain, and a second factor",
    entry: through("glass", oidc("glass"), { breakGlass: "admin@glass.example" }),
    logins: [
      [
        {
          change: ["admin", "eve"].flatMap((name) => [
            newPerson(`${name}@glass.example`),
            member(`${name}@glass.example`, "glass"),
          ]),
        },
        "done",
      ],
      ...(["admin", "eve"] as const).map(
        (name) =>
          [
            named("glass", `${name}@glass.example`, {
              ask: { organization: "{org:glass}", connection: password },
              factor: true,
            }),
            name === "admin" ? "in glass" : `refused: ${says.sso}`,
          ] as const,
      ),
      [visit(ann("glass")), "in glass"],
    ],
  },
  catering: {
    title: "a vendor that caters",
    entry: vendor("Catering", "catering", { connections: { "catering-sso": oidc("catering") } }),
    logins: [
      [visit(ann("catering"), { app: "vendor-catering" }), "in catering"],
      [visit(ann("catering"), { app: "vendor-rental", browser: "ann elsewhere" }), `refused: ${says.notEntitled}`],
    ],
  },
  rental: {
    title: "a vendor that rents out, without a connection",
    entry: vendor("Rental", "rental", {
      stage: "lead",
      limits: { members: 1 },
      apps: ["vendor-rental"],
      memberRoles: ["vendor-editor"],
      mfa: "required",
    }),
    logins: [
      [me("rob@mail.example", "rental"), "done"],
      [visit("rob@mail.example", { app: "vendor-rental", factor: true }), "in rental"],
      [
        visit("rob@mail.example", { browser: "rob elsewhere", factor: true, ask: { organization: "{org:rental}" } }),
        `refused: ${says.wrongType}`,
      ],
    ],
  },
};
