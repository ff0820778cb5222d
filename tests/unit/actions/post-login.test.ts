import vm from "node:vm";
import { expect, test } from "vitest";
import { bundle } from "../../../actions/bundle.ts";
import type { PostLoginApi, PostLoginEvent } from "../../../actions/post-login/event.ts";
import { mainAppIndividual, noPolicy, rows, settings } from "./logins.ts";

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
  if (!exports.onExecutePostLogin) throw new Error("the bundle exports no onExecutePostLogin");
  await exports.onExecutePostLogin(event, api);
  return done;
}

test.each(rows)("$title", async ({ event, deny, claims = {}, log = [] }) => {
  expect(await run(event)).toEqual({
    deny: deny === undefined ? [] : [deny],
    idToken: claims,
    accessToken: claims,
    log,
  });
});

test("what Auth0 never sends does not make the Action throw, and admits nobody", async () => {
  for (const event of [{}, { client: undefined }, { client: { metadata: null } }, { client: { metadata: "x" } }]) {
    expect((await run(event as PostLoginEvent)).deny).toEqual([noPolicy]);
  }
});

const damaged = ["", 0, false, [], "acme", { metadata: "" }, { metadata: 0 }, { metadata: null }, { metadata: [] }];

test.each(damaged)("organization %j is an organization without metadata, never an individual", async (organization) => {
  const event = { ...mainAppIndividual, organization } as PostLoginEvent;
  expect((await run(event)).deny).toEqual(["suspended: Your company's access is suspended."]);
});

test("a null organization, and a person without metadata, is an individual without a stage", async () => {
  const done = await run({ ...mainAppIndividual, organization: null, user: { app_metadata: null } });
  expect(done).toEqual({ deny: [], idToken: {}, accessToken: {}, log: [] });
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
