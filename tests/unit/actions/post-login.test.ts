import vm from "node:vm";
import { expect, test } from "vitest";
import { bundle } from "../../../actions/bundle.ts";
import { decide } from "../../../actions/post-login/decide.ts";
import type { PostLoginApi, PostLoginEvent } from "../../../actions/post-login/event.ts";
import { rows, settings } from "./logins.ts";

/** Everything an Action did at one login. */
interface Done {
  readonly deny: string[];
  readonly idToken: Record<string, string>;
  readonly accessToken: Record<string, string>;
  readonly log: string[];
}

const code = await bundle("post-login", settings);

async function run(event: PostLoginEvent): Promise<Done> {
  const done: Done = { deny: [], idToken: {}, accessToken: {}, log: [] };
  const api: PostLoginApi = {
    access: { deny: (reason) => done.deny.push(reason) },
    idToken: { setCustomClaim: (name, value) => Object.assign(done.idToken, { [name]: value }) },
    accessToken: { setCustomClaim: (name, value) => Object.assign(done.accessToken, { [name]: value }) },
  };
  const exports: { onExecutePostLogin?: (event: PostLoginEvent, api: PostLoginApi) => Promise<void> } = {};
  vm.runInNewContext(code, { exports, console: { log: (line: string) => done.log.push(line) } });
  await exports.onExecutePostLogin?.(event, api);
  return done;
}

test.each(rows)("$title (bundled text)", async ({ event, deny, claims = {}, log = [] }) => {
  expect(await run(event)).toEqual({
    deny: deny === undefined ? [] : [deny],
    idToken: claims,
    accessToken: claims,
    log,
  });
});

test.each(rows)("$title (decision)", ({ event, deny, claims, log = [] }) => {
  const login = {
    clientMetadata: event.client.metadata ?? {},
    organizationMetadata: event.organization && (event.organization.metadata ?? {}),
    personMetadata: event.user.app_metadata ?? {},
  };
  expect(decide(login, settings)).toEqual(deny === undefined ? { claims, notes: log } : { refusal: deny });
});

test("the bundle is the same every time, holds no path, and asks for nothing from outside", async () => {
  expect(await bundle("post-login", settings)).toBe(code);
  expect(code).not.toContain(process.cwd());
  expect(code.match(/\brequire\(|\bimport\b/g)).toBeNull();
});

test("a bundle over Auth0's 100 kB is refused", async () => {
  const stages = Array.from({ length: 20_000 }, (_, n) => `stage-${n}`);
  await expect(bundle("post-login", { ...settings, stages })).rejects.toThrow(
    /^Action post-login is \d+ bytes; allowed: 100000$/,
  );
});
