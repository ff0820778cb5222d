import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { appSettings } from "../../../kit/app-settings.ts";
import { guard } from "../../../kit/guard.ts";
import { resolve } from "../../../kit/resolver.ts";
import { path, SettingsAtAws } from "./app-settings-at-aws.ts";
import { directory } from "./known.ts";

let aws: SettingsAtAws;
let clock = 0;

beforeEach(() => {
  aws = new SettingsAtAws(directory);
  clock = 1000;
});

afterEach(() => vi.useRealTimers());

const limits = { maxAgeSeconds: 60, staleAfterSeconds: 600, now: () => clock };
const reader = (more: object = {}) =>
  appSettings({
    path,
    parameters: (below, signal) => aws.parameters(below, signal),
    object: (version, signal) => aws.object(version, signal),
    ...limits,
    ...more,
  });
const fails = (message: string) => () => Promise.reject(new Error(message));
const suspended = { ...directory, organizations: {} };
const all = ["parameters /auth0-b2b-prod", "object b directory.json v1"];

test("a back end gets issuer, claim namespace, apps, APIs and directory", async () => {
  expect(await reader()()).toEqual({
    issuer: "https://tenant.example/",
    claimNamespace: "https://claims.example/",
    apps: { main: { clientId: "main-client" }, "main-personal": { clientId: "personal-client" } },
    apis: { service: { identifier: "https://api.example" } },
    directory,
  });
  expect(aws.asked).toEqual(all);
});

test("what it gets serves the guard and the resolver", async () => {
  const read = (await reader()()).directory;
  expect(resolve({ app: "main", email: "ann@acme.example" }, read)).toMatchObject({
    kind: "login",
    organization: "org_acme",
  });
  const claims = { iss: read.issuer, aud: read.apis.service?.identifier, exp: 2, sub: "auth0|1", org_id: "org_acme" };
  const check = guard({
    directory: read,
    api: "service",
    admits: { orgTypes: ["customer"], orgRequires: {}, individuals: "deny" },
    verify: async () => ({ ...claims, scope: "read:bookings" }),
    now: () => 1,
  });
  expect(await check("any", "read:bookings")).toMatchObject({ allowed: true, organization: "org_acme" });
});

test("settings are read again when they are older than may be, and not before", async () => {
  const settings = reader();
  await settings();
  clock = 1060;
  await settings();
  expect(aws.asked).toEqual(all);
  clock = 1060.5;
  await settings();
  expect(aws.asked).toEqual([...all, "parameters /auth0-b2b-prod"]);
  clock = 1120;
  await settings();
  expect(aws.asked).toHaveLength(3);
});

test("an age as great as may be is not too great", async () => {
  const settings = reader({ staleAfterSeconds: 60 });
  await settings();
  clock = 1060;
  await settings();
  expect(aws.asked).toEqual(all);
});

test("while nothing has changed they stay the same object, and the directory is not read again", async () => {
  const settings = reader();
  const first = await settings();
  clock = 2000;
  expect(await settings()).toBe(first);
  expect(aws.asked).toEqual([...all, "parameters /auth0-b2b-prod"]);
});

test("another small value is another object with the same directory", async () => {
  const settings = reader();
  const first = await settings();
  aws.set("apps/main/client-id", "another-client");
  clock = 2000;
  const second = await settings();
  expect(second).toEqual({ ...first, apps: { ...first.apps, main: { clientId: "another-client" } } });
  expect(second.directory).toBe(first.directory);
});

test("a value that came or went is a change", async () => {
  const settings = reader();
  const first = await settings();
  aws.set("apps/kiosk/client-id", "kiosk-client");
  clock = 2000;
  expect(Object.keys((await settings()).apps)).toEqual(["main", "main-personal", "kiosk"]);
  aws.set("apps/kiosk/client-id", undefined);
  clock = 3000;
  expect(await settings()).toEqual(first);
});

test("another directory is read by its own version", async () => {
  const settings = reader();
  await settings();
  aws.write(JSON.stringify(suspended));
  clock = 1061;
  expect((await settings()).directory).toEqual(suspended);
  expect(aws.asked.at(-1)).toBe("object b directory.json v2");
});

test("whoever asks while a read is in flight waits for that one", async () => {
  const held = Promise.withResolvers<void>();
  aws.before = () => held.promise;
  const settings = reader();
  const answers = Promise.all([settings(), settings(), settings()]);
  held.resolve();
  const [first, ...others] = await answers;
  expect(others).toEqual([first, first]);
  expect(aws.asked).toEqual(all);
});

test("whoever asks while old settings are read again waits for that one too, and gets the new ones", async () => {
  const settings = reader();
  await settings();
  aws.write(JSON.stringify(suspended));
  clock = 1061;
  const answers = await Promise.all([settings(), settings(), settings()]);
  expect(answers.map((one) => one.directory)).toEqual([suspended, suspended, suspended]);
  expect(aws.asked).toEqual([...all, "parameters /auth0-b2b-prod", "object b directory.json v2"]);
});

test("a read that failed is told to all who waited for it, and the next one reads anew", async () => {
  aws.before = fails("Throttled");
  const settings = reader();
  const answers = await Promise.allSettled([settings(), settings()]);
  expect(answers.map((one) => one.status === "rejected" && one.reason.message)).toEqual([
    "no app settings can be read below /auth0-b2b-prod: Throttled",
    "no app settings can be read below /auth0-b2b-prod: Throttled",
  ]);
  expect(answers[0]).toMatchObject({ reason: { cause: new Error("Throttled") } });
  expect(aws.asked).toHaveLength(1);
  aws.before = () => {};
  expect((await settings()).issuer).toBe(directory.issuer);
});

test("while AWS refuses, the last good settings serve, and it is asked once in that time", async () => {
  const settings = reader();
  const first = await settings();
  aws.before = fails("Throttled");
  clock = 1061;
  expect(await settings()).toBe(first);
  expect(await settings()).toBe(first);
  expect(aws.asked).toHaveLength(3);
  clock = 1600;
  expect(await settings()).toBe(first);
  expect(aws.asked).toHaveLength(4);
});

test("settings that are too old are refused, with why they could not be read; each request asks, and the first answer serves", async () => {
  const settings = reader();
  await settings();
  aws.before = fails("Throttled");
  clock = 1600.2;
  const message = "the app settings below /auth0-b2b-prod are 601 seconds old, and may be 600: Throttled";
  await expect(settings()).rejects.toThrow(new Error(message));
  await expect(settings()).rejects.toMatchObject({ cause: new Error("Throttled") });
  expect(aws.asked).toHaveLength(4);
  aws.before = () => {};
  expect((await settings()).directory).toEqual(directory);
});

test("what went stale right after a failed read is refused as well", async () => {
  const settings = reader();
  await settings();
  aws.before = fails("Throttled");
  clock = 1590;
  await settings();
  clock = 1601;
  await expect(settings()).rejects.toThrow("are 601 seconds old");
});

test("an age counts from the beginning of the read", async () => {
  const settings = reader();
  aws.before = (request) => {
    if (request.startsWith("object")) clock = 1050;
  };
  await settings();
  clock = 1061;
  await settings();
  expect(aws.asked).toEqual([...all, "parameters /auth0-b2b-prod"]);
});

test("a clock that was set back makes settings old, and not new for ever", async () => {
  const settings = reader();
  const first = await settings();
  clock = 500;
  expect(await settings()).toBe(first);
  expect(aws.asked).toHaveLength(3);
  clock = 400;
  aws.before = fails("Throttled");
  expect(await settings()).toBe(first);
});

test("an AWS that does not answer is waited for so long, then the last good settings serve", async () => {
  vi.useFakeTimers();
  const settings = reader({ answerWithinSeconds: 5 });
  const first = await settings();
  let aborted = 0;
  const never = new Promise(() => {});
  aws.before = () => never;
  clock = 1061;
  const answer = settings().finally(() => {
    aborted += 1;
  });
  await vi.advanceTimersByTimeAsync(4999);
  expect(aborted).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(await answer).toBe(first);
  expect(vi.getTimerCount()).toBe(0);
});

test("the first read is waited for ten seconds, and its requests are told to end", async () => {
  vi.useFakeTimers();
  let ended: AbortSignal | undefined;
  const settings = reader({
    parameters: (_: string, signal: AbortSignal) => {
      ended = signal;
      return new Promise(() => {});
    },
  });
  const answer = expect(settings()).rejects.toThrow(
    new Error("no app settings can be read below /auth0-b2b-prod: no answer within 10 seconds"),
  );
  await vi.advanceTimersByTimeAsync(10_000);
  await answer;
  expect(ended?.aborted).toBe(true);
});

test("no timer is left of a read that came or failed", async () => {
  vi.useFakeTimers();
  await reader()();
  expect(vi.getTimerCount()).toBe(0);
  aws.before = fails("Throttled");
  await expect(reader()()).rejects.toThrow("Throttled");
  expect(vi.getTimerCount()).toBe(0);
});

test("without a clock of its own it reads the machine's", async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const { now: _, ...rest } = limits;
  const settings = appSettings({
    path,
    parameters: (below, signal) => aws.parameters(below, signal),
    object: (version, signal) => aws.object(version, signal),
    ...rest,
  });
  await settings();
  vi.setSystemTime(1_060_000);
  await settings();
  expect(aws.asked).toHaveLength(2);
  vi.setSystemTime(1_060_001);
  await settings();
  expect(aws.asked).toHaveLength(3);
});

test("a rejection that is no error is told as it is", async () => {
  await expect(reader({ parameters: () => Promise.reject("gone") })()).rejects.toThrow(
    new Error("no app settings can be read below /auth0-b2b-prod: gone"),
  );
});

test.each([
  [{ path: "auth0-b2b-prod" }, "path is not as /auth0-b2b-prod"],
  [{ path: "/auth0-b2b-prod/" }, "path is not as /auth0-b2b-prod"],
  [{ path: "team/auth0" }, "path is not as /auth0-b2b-prod"],
  [{ path: "" }, "path is not as /auth0-b2b-prod"],
  [{ maxAgeSeconds: -1 }, "maxAgeSeconds is not a number from 0 on"],
  [{ maxAgeSeconds: Number.NaN }, "maxAgeSeconds is not a number from 0 on"],
  [{ staleAfterSeconds: 59 }, "staleAfterSeconds is less than maxAgeSeconds"],
  [{ staleAfterSeconds: Number.NaN }, "staleAfterSeconds is less than maxAgeSeconds"],
  [{ answerWithinSeconds: 0 }, "answerWithinSeconds is not more than 0"],
  [{ answerWithinSeconds: Number.NaN }, "answerWithinSeconds is not more than 0"],
])("%j cannot be meant", (more, message) => {
  expect(() => reader(more)).toThrow(new Error(message));
});

test.each([{ maxAgeSeconds: 0 }, { staleAfterSeconds: 60 }, { path: "/team/auth0" }])("%j can be meant", (more) => {
  expect(() => reader(more)).not.toThrow();
});
