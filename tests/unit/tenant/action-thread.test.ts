import { expect, test, vi } from "vitest";
import { type DeployedAction, noEffects } from "../../../local/tenant/actions/protocol.ts";
import { ActionRunner, triggerTime } from "../../../local/tenant/actions/runner.ts";
import { Slots } from "../../../local/tenant/actions/slots.ts";
import { exchangeCode } from "./harness.ts";

// a thread for each Action takes its time on a busy machine
vi.setConfig({ testTimeout: 30_000 });

const event = { accessToken: { customClaims: {}, scope: [] } };

function action(code: string, secrets: DeployedAction["secrets"] = {}): DeployedAction {
  return { id: "1", name: "Gate", number: 1, code, secrets };
}

/** A runner whose tenant answers with the method and the path. */
function runner(time = 10_000): ActionRunner {
  const fetch = (request: Request) => new Response(`${request.method} ${new URL(request.url).pathname}`);
  return new ActionRunner({ domain: "localhost:1", time, fetch });
}

/** How one Action that does this ends: outcome, console and error. */
async function ending(code: string, secrets?: DeployedAction["secrets"], time?: number) {
  const own = runner(time);
  const { outcome } = await own.run("credentials-exchange", [action(code, secrets)], event);
  const [{ said, error }] = JSON.parse(own.log.since(0));
  return { outcome, said, error };
}

const saying = (expression: string) => exchangeCode(`console.log(${expression});`);

test("a trigger has 20 seconds", () => {
  expect(triggerTime).toBe(20_000);
});

test("no Actions is a pass without a thread", async () => {
  const own = runner();
  const result = await own.run("credentials-exchange", [], event);
  expect(result).toEqual({ outcome: "passed", effects: noEffects() });
  expect(own.log.since(0)).toBe("[]");
});

test.each([
  ["its environment is empty", "JSON.stringify(process.env)", "{}"],
  [
    "it has no process to end or to look into",
    "typeof process.exit, typeof process.getBuiltinModule",
    "undefined undefined",
  ],
  [
    "a function from outside leads nowhere",
    "typeof fetch.constructor, typeof setTimeout.constructor",
    "undefined undefined",
  ],
  [
    "nor does what such a function answers",
    "typeof api.cache.set('k', 'v').constructor.constructor, typeof new URL('https://a').constructor.constructor",
    "undefined undefined",
  ],
  [
    "nor does a module",
    "typeof require('crypto').randomBytes.constructor, typeof require('util').format.constructor",
    "undefined undefined",
  ],
  ["its own Function stays in its own scope", "Function('return typeof process.getBuiltinModule')()", "undefined"],
  [
    "objects of the event are its own",
    "event.accessToken.scope instanceof Array, event instanceof Object",
    "true true",
  ],
])("of an Action: %s", async (_, expression, said) => {
  expect(await ending(saying(expression))).toEqual({ outcome: "passed", said: `${said}\n`, error: undefined });
});

test("an Action may require what reaches nothing", async () => {
  const names = ["buffer", "crypto", "events", "node:path", "querystring", "string_decoder", "node:url", "util"];
  const code = exchangeCode(`console.log(${JSON.stringify(names)}.map((name) => typeof require(name)).join());`);
  expect(await ending(code)).toMatchObject({
    outcome: "passed",
    said: "object,object,function,object,object,object,object,object\n",
  });
});

test.each(["fs", "node:fs/promises", "child_process", "worker_threads", "net", "node:vm", "axios", "./worker.ts"])(
  "an Action that requires %s fails as for a module that is not installed",
  async (name) => {
    const { outcome, error } = await ending(exchangeCode(`require('${name}')`));
    expect(outcome).toBe("failed");
    expect(error.split("\n")[0]).toBe(
      `Error: Cannot find module '${name}': an Action here may require buffer, crypto, events, path, querystring, string_decoder, url, util`,
    );
    expect(error).toContain("code: 'MODULE_NOT_FOUND'");
  },
);

test.each([
  [
    "throws",
    exchangeCode("throw new Error('bad luck')"),
    "Error: bad luck\n    at exports.onExecuteCredentialsExchange (Gate.js:1:70)",
  ],
  ["throws no error", exchangeCode("throw { reason: 'bad luck' }"), "{ reason: 'bad luck' }"],
  ["exports nothing", "", "Error: The code exports no function onExecuteCredentialsExchange"],
  ["imports dynamically", exchangeCode("await import('fs')"), expect.stringContaining("ERR_VM_DYNAMIC_IMPORT")],
  ["is no JavaScript", "nonsense(", expect.stringContaining("SyntaxError: Unexpected end of input")],
  [
    "takes all memory",
    exchangeCode("const all = []; while (true) all.push(new Array(100000).fill(1));"),
    expect.stringContaining("JS heap out of memory"),
  ],
  [
    "calls itself without end",
    exchangeCode("const f = () => f(); f();"),
    expect.stringContaining("Maximum call stack"),
  ],
])("an Action that %s fails, and the log says why without a path of this machine", async (_, code, error) => {
  const ended = await ending(code);
  expect(ended).toEqual({ outcome: "failed", said: "", error });
  expect(ended.error).not.toMatch(/file:|\/local\/tenant/);
});

test.each([
  ["loops", "while (true);"],
  ["waits for what never comes", "await new Promise(() => {});"],
])("an Action that %s is ended when its time is over", async (_, does) => {
  expect(await ending(exchangeCode(`console.log('here'); ${does}`), {}, 2_000)).toEqual({
    outcome: "failed",
    said: "here\n",
    error: "The Actions of the trigger took longer than 2 s",
  });
});

test("an Action whose client goes away is ended", async () => {
  const client = new AbortController();
  const fetch = () => {
    client.abort();
    return new Response();
  };
  const own = new ActionRunner({ domain: "localhost:1", fetch });
  const code = exchangeCode("await fetch('https://localhost:1/'); await new Promise(() => {});");
  expect(await own.run("credentials-exchange", [action(code)], event, { signal: client.signal })).toEqual({
    outcome: "failed",
  });
  expect(JSON.parse(own.log.since(0))).toMatchObject([{ outcome: "failed", error: "The client went away" }]);
});

test("nothing runs for a client that is gone already", async () => {
  const own = runner();
  const code = exchangeCode("while (true);");
  const run = own.run("credentials-exchange", [action(code)], event, { signal: AbortSignal.abort() });
  expect(await run).toEqual({ outcome: "failed" });
  expect(JSON.parse(own.log.since(0))).toMatchObject([{ outcome: "failed", error: "The client went away" }]);
});

test("of those who want a slot as many hold one as there are, and the others follow in their order", async () => {
  const slots = new Slots(2);
  const held: string[] = [];
  const take = async (name: string) => {
    await slots.take();
    held.push(name);
  };
  const all = ["one", "two", "three", "four"].map(take);
  await Promise.all(all.slice(0, 2));
  expect(held).toEqual(["one", "two"]);
  slots.give();
  await all[2];
  expect(held).toEqual(["one", "two", "three"]);
  slots.give();
  await all[3];
  expect(held).toEqual(["one", "two", "three", "four"]);
});

test("fetch reaches this tenant's own origin and nothing else", async () => {
  const code = exchangeCode(`
    const answer = await fetch("https://localhost:1/oauth/token", { method: "POST", body: "a=b" });
    console.log(answer.status, await answer.text());
    for (const url of ["https://example.com/", "http://localhost:1/", "https://localhost:2/"])
      await fetch(url).catch((error) => console.log(error.name, error.cause.message.split(" ").at(-1)));`);
  expect(await ending(code)).toEqual({
    outcome: "passed",
    said: [
      "200 POST /oauth/token",
      "TypeError https://example.com",
      "TypeError http://localhost:1",
      "TypeError https://localhost:2",
      "",
    ].join("\n"),
    error: undefined,
  });
});

test("no Action reaches the tenant's own switches, however it writes the path", async () => {
  const paths = ["/.local/reset", "/%2elocal/reset", "/.loc%61l/requests", "/.LOCAL/reset", "//.local/reset", "/%"];
  const code = exchangeCode(`
    for (const path of ${JSON.stringify(paths)})
      await fetch("https://localhost:1" + path, { method: "POST" })
        .then((answer) => console.log("answered " + answer.status))
        .catch((error) => console.log(error.cause.message));`);
  expect((await ending(code)).said).toBe("no Action may use /.local\n".repeat(paths.length));
});

test("a fetch that is aborted rejects as everywhere", async () => {
  const code = exchangeCode(
    "await fetch('https://localhost:1/', { signal: AbortSignal.abort() }).catch((error) => console.log(error.name));",
  );
  expect(await ending(code)).toMatchObject({ outcome: "passed", said: "AbortError\n" });
});

test("secrets and tokens are masked in console output and errors, also inside quotes and before the cut", async () => {
  const secrets = { KEY: 'hu"sh-hush', SHORT: "on" };
  const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln";
  const code = exchangeCode(`
    console.log(event.secrets.KEY, JSON.stringify(event.secrets), "${token}", "?client_secret=abc");
    throw new Error(event.secrets.KEY);`);
  const { said, error } = await ending(code, secrets);
  expect(said).toBe('[masked] {"KEY":"[masked]","SHORT":"on"} [masked] ?client_secret=[masked]\n');
  expect(error.split("\n")[0]).toBe("Error: [masked]");
  const cut = await ending(saying(`"x".repeat(250) + event.secrets.KEY`), secrets);
  expect(cut.said).toBe(`${"x".repeat(250)}[maske`);
});

test("256 characters of console output are kept, all levels together", async () => {
  const code = exchangeCode("console.error('a'.repeat(199)); console.warn('b'.repeat(300)); console.info('c');");
  expect((await ending(code)).said).toBe(`${"a".repeat(199)}\n${"b".repeat(56)}`);
});
