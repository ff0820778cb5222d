import { expect, test } from "vitest";
import { bucketed } from "../../../../components/aws/audit/break-glass.ts";
import { limits } from "../../../../components/aws/audit/limits.ts";
import { signals } from "../../../../components/aws/audit/signals.ts";
import { auth0Event, of, refused, samples } from "../../../harness/aws/events.ts";
import { codes, counts } from "./audit-counts.ts";

// What the filters over the log make of what Auth0 logs.

type Sample = keyof typeof samples;

const meant: Readonly<Record<Sample, string | undefined>> = {
  login: undefined,
  signup: undefined,
  silentLogin: undefined,
  codeExchange: undefined,
  refresh: undefined,
  passwordReset: undefined,
  machineToken: undefined,
  apiOperation: undefined,
  failedLogin: "refused-login-without-code",
  // Auth0 counts these itself, and reports them as attacks.
  wrongPassword: undefined,
  unknownUser: undefined,
  failedSecondFactor: undefined,
  // How an app learns that nobody is signed in.
  failedSilentLogin: undefined,
  failedCodeExchange: undefined,
  failedSignup: "refused-renewal-without-code",
  failedPasswordChange: "refused-renewal-without-code",
  failedPasswordReset: "refused-renewal-without-code",
  failedRefresh: "refused-renewal-without-code",
  failedMachineToken: "refused-machine",
  failedAction: "gate-failed",
  blockedAccount: "attack",
  blockedUser: "attack",
  blockedAddress: "attack",
  leakedPassword: "attack",
  leakedPasswordAtSignup: "attack",
  leakedPasswordAtReset: "attack",
  reusedRefreshToken: "attack",
  guessedCode: "attack",
  apiLimit: "api-limit",
  apiLimitWarning: "api-limit",
  peakApi: undefined,
};

test.each(Object.entries(meant))("%s counts as %s", (name, signal) => {
  expect(counts(auth0Event(samples[name as Sample]))).toEqual(signal === undefined ? {} : { [signal]: 1 });
});

const spoken: Sample[] = [
  "failedLogin",
  "failedSilentLogin",
  "failedSignup",
  "failedPasswordChange",
  "failedPasswordReset",
  "failedRefresh",
];

test.each(codes)("a refusal with %s counts as that and nothing else, whatever it was refused to", (code) => {
  for (const name of spoken) {
    expect(counts(auth0Event(refused(code, samples[name]))), name).toEqual({ [`refused-${code}`]: 1 });
  }
  // What a sign-up is refused with is the code alone: the sentence is for the person.
  expect(counts(auth0Event(samples.failedSignup, { description: code }))).toEqual({ [`refused-${code}`]: 1 });
});

test("one that names the company to ask for counts with the others of its code", () => {
  expect(counts(auth0Event(refused("org_required:acme")))).toEqual({ "refused-org_required": 1 });
});

test("a machine's refusal counts as that, whatever it says", () => {
  for (const code of codes) {
    expect(counts(auth0Event(refused(code, samples.failedMachineToken)))).toEqual({ "refused-machine": 1 });
  }
  expect(counts(auth0Event(samples.failedMachineToken, { description: undefined }))).toEqual({ "refused-machine": 1 });
});

test("a refusal in a shape that nobody documents is not lost: it counts among those without a code", () => {
  const refusal = refused("wrong_type");
  const shapes = [
    { description: undefined },
    { description: null },
    { description: "" },
    { description: "access_denied" },
    { description: "access_denied (wrong_type: This application is not for this kind of company.)" },
    { description: " wrong_type: This application" },
    { description: "Wrong_type: This application" },
    { description: ["wrong_type: This application"] },
    { description: "wrong_types: another code" },
    { description: "wrong_type This application" },
  ];
  for (const shape of shapes) {
    expect(counts(auth0Event(refusal, shape)), JSON.stringify(shape)).toEqual({ "refused-login-without-code": 1 });
    expect(counts(auth0Event(refused("left", samples.failedRefresh), shape)), JSON.stringify(shape)).toEqual({
      "refused-renewal-without-code": 1,
    });
  }
});

test("whatever is logged of a break-glass account counts, beside what else it is", () => {
  const accounts = [{ slug: "acme", address: "glass@acme.example" }];
  const about = (name: Sample, address: string) => counts(auth0Event(of(samples[name], address)), accounts);
  expect(about("login", "glass@acme.example")).toEqual({ "break-glass": 1 });
  expect(about("wrongPassword", "glass@acme.example")).toEqual({ "break-glass": 1 });
  expect(about("leakedPassword", "glass@acme.example")).toEqual({ attack: 1, "break-glass": 1 });
  for (const other of ["ada@acme.example", "glass@acme.example.org", "a.glass@acme.example", "Glass@acme.example"]) {
    expect(about("login", other)).toEqual({});
  }
});

test("of hundreds of break-glass accounts each counts once", () => {
  const accounts = Array.from({ length: 300 }, (_, at) => ({
    slug: `company-${at}`,
    address: `glass-${at}@a.example`,
  }));
  for (const { address } of accounts.filter((_, at) => at % 30 === 0)) {
    expect(counts(auth0Event(of(samples.login, address)), accounts)).toEqual({ "break-glass": 1 });
  }
  expect(bucketed(accounts).flatMap(({ addresses }) => addresses)).toHaveLength(300);
});

test("all of today's filters are within what CloudWatch takes", () => {
  const filters = signals(codes, []).flatMap((signal) => [...signal.filters, ...signal.explained]);
  expect(filters).toHaveLength(25);
  expect(new Set(filters.map(({ name }) => name)).size).toBe(filters.length);
  for (const { name, pattern } of filters) {
    expect(pattern.length, name).toBeLessThanOrEqual(limits.pattern);
    expect(pattern.match(/\*/g)?.length ?? 0, name).toBeLessThanOrEqual(limits.wildcards);
  }
});
