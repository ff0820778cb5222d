import { describe, expect, test } from "vitest";
import { bundle } from "../../../actions/bundle.ts";
import { exchanges, firstStage, registrations, resets } from "./doors.ts";
import { hookOf, type Loading } from "./hooks.ts";
import { claimedDomains, individual, rows, settings } from "./logins.ts";

const { claimNamespace } = settings;
const firstLogin = {
  title: "a first login",
  event: {
    ...individual,
    authorization: {},
    secrets: { DOMAIN: "t.example", CLIENT_ID: "c", CLIENT_SECRET: "s", ROLE_IDS: '{"pre-customer":"rol_1"}' },
  },
  calls: [
    ["idToken.setCustomClaim", `${claimNamespace}stage`, "lead"],
    ["accessToken.setCustomClaim", `${claimNamespace}stage`, "lead"],
    ["cache.set", "first-roles-token", "t", { ttl: 540_000 }],
    ["user.setAppMetadata", "first_roles", ["individual"]],
    ["idToken.setCustomClaim", `${claimNamespace}renew`, "first_roles"],
  ],
};

interface Text {
  readonly loading: Loading;
  readonly hook: string;
  readonly requires: string[];
  readonly runs: readonly { title: string; event: unknown; calls: readonly unknown[]; log?: readonly string[] }[];
}

const hashing = ["node:crypto", "node:url"];
const texts: Text[] = [
  {
    loading: ["post-login", settings, claimedDomains],
    hook: "onExecutePostLogin",
    requires: hashing,
    runs: [...rows, firstLogin],
  },
  {
    loading: ["pre-user-registration", { firstStage }, claimedDomains],
    hook: "onExecutePreUserRegistration",
    requires: hashing,
    runs: registrations,
  },
  {
    loading: ["password-reset-post-challenge", {}, claimedDomains],
    hook: "onExecutePostChallenge",
    requires: hashing,
    runs: resets,
  },
  {
    loading: ["credentials-exchange", { claimNamespace }],
    hook: "onExecuteCredentialsExchange",
    requires: [],
    runs: exchanges,
  },
];

describe.each(texts)("the text of $hook", async ({ loading, hook, requires, runs }) => {
  const code = await bundle(...loading);
  const run = hookOf(code);

  test.each(runs)("$title", async ({ event, calls, log = [] }) => {
    const answer = () => ({ status: 200, body: { access_token: "t", expires_in: 600 } });
    const done = await run(event, { answer });
    expect([done.calls, done.log]).toEqual([calls, log]);
  });

  test("is the same every time, and holds no path", async () => {
    expect(await bundle(...loading)).toBe(code);
    expect(code).not.toContain(process.cwd());
  });

  test("exports one hook by its plain name, and asks for nothing but Node's own modules", () => {
    expect(code.match(/^exports\..*$/gm)).toEqual([`exports.${hook} = ${hook};`]);
    expect([...code.matchAll(/\brequire\((.*?)\)/g)].map(([, name]) => name)).toEqual(
      requires.map((name) => `"${name}"`),
    );
    expect(code).not.toMatch(/\bimport\b|\bprocess\b/);
  });

  test("begins with the claimed domains, if it holds them", () => {
    const head = "const CLAIMED_DOMAINS = `\nVGZ8x74\nYAXpIAo\nhrMYOY8\n`;\n";
    expect(code.startsWith(head)).toBe(requires.length > 0);
    expect(code.includes("CLAIMED_DOMAINS")).toBe(requires.length > 0);
  });

  test("leaves room for ten thousand domains", () => {
    expect(Buffer.byteLength(code)).toBeLessThan(20_000);
  });
});

test("a set that is missing, not wanted or not normalised is refused", async () => {
  await expect(bundle("post-login", settings)).rejects.toThrow("Action post-login needs the claimed domains");
  await expect(bundle("credentials-exchange", { claimNamespace }, [])).rejects.toThrow(
    "Action credentials-exchange holds no claimed domains",
  );
  await expect(bundle("post-login", settings, ["Acme.example"])).rejects.toThrow(
    'claimed domain "Acme.example" is not normalised',
  );
});

test("settings that make the text too long are refused", async () => {
  const stages = Array.from({ length: 20_000 }, (_, n) => `stage-${n}`);
  await expect(bundle("post-login", { ...settings, stages }, [])).rejects.toThrow(
    /^Action post-login is \d{6} bytes; allowed: 100000$/,
  );
});
