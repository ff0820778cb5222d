import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";
import engines from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import type plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Engine } from "../../../local/plugin/engine.ts";
import { watchEngine } from "../../../local/plugin/lifetime.ts";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";

const MAIN = join(import.meta.dirname, "../../../local/plugin/main.ts");
const NOTICE =
  "auth0: a stand-in of this project takes the place of the provider plugin pulumi-resource-auth0 3.49.0; set AUTH0_PLUGIN to use the real one.";

interface FakeEngine {
  readonly address: string;
  readonly said: string[];
  readonly close: () => void;
}

async function startEngine(): Promise<FakeEngine> {
  const said: string[] = [];
  const server = new grpc.Server();
  const empty = (_: unknown, done: grpc.sendUnaryData<empties.Empty>) => done(null, new empties.Empty());
  server.addService(engines.EngineService, {
    log: (
      call: grpc.ServerUnaryCall<engineMessages.LogRequest, empties.Empty>,
      done: grpc.sendUnaryData<empties.Empty>,
    ) => {
      said.push(
        `${call.request.getSeverity() === engineMessages.LogSeverity.INFO ? "info" : "other"}: ${call.request.getMessage()}`,
      );
      done(null, new empties.Empty());
    },
    getRootResource: empty,
    setRootResource: empty,
    startDebugging: empty,
    requirePulumiVersion: empty,
  });
  const port = await new Promise<number>((resolve, reject) => {
    const insecure = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", insecure, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { address: `127.0.0.1:${port}`, said, close: () => server.forceShutdown() };
}

let engine: FakeEngine;
let plugin: ChildProcess;
let firstLine: string;
let client: services.ResourceProviderClient;

beforeAll(async () => {
  engine = await startEngine();
  const env = { PATH: process.env.PATH, AUTH0_DOMAIN: "", AUTH0_API_TOKEN: "" };
  plugin = spawn(process.execPath, [MAIN, engine.address], { env, stdio: ["ignore", "pipe", "inherit"] });
  if (!plugin.stdout) throw new Error("no output");
  const [line] = await once(createInterface(plugin.stdout), "line");
  firstLine = String(line);
  client = new services.ResourceProviderClient(`127.0.0.1:${firstLine}`, grpc.credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  plugin.kill("SIGKILL");
  await once(plugin, "exit");
  engine.close();
});

/** One call of the plugin, its refusal as an error with the text a person sees. */
function ask<Response>(
  send: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => (error ? reject(new Error(error.details)) : resolve(response)));
  });
}

const urn = (token: string, name = "it") => `urn:pulumi:dev::project::${token}::${name}`;
const ORGANIZATION = "auth0:index/organization:Organization";

function configure(settings: Record<string, string>): Promise<messages.ConfigureResponse> {
  const request = new messages.ConfigureRequest();
  request.setArgs(Struct.fromJavaScript(settings));
  return ask<messages.ConfigureResponse>((done) => client.configure(request, done));
}

test("the first line of the output is the port, alone", () => {
  expect(firstLine).toMatch(/^\d+$/);
});

test("it says which version it stands in for", async () => {
  expect((await ask<plugins.PluginInfo>((done) => client.getPluginInfo(new empties.Empty(), done))).getVersion()).toBe(
    "3.49.0",
  );
});

test("without a tenant it says what is missing", async () => {
  await expect(configure({ version: "3.49.0" })).rejects.toThrow(
    "Missing environment variables: AUTH0_DOMAIN is required. Then, configure either AUTH0_API_TOKEN, or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_CLIENT_ID, AUTH0_CLIENT_ASSERTION_PRIVATE_KEY, and AUTH0_CLIENT_ASSERTION_SIGNING_ALG, or enable CLI login with AUTH0_CLI_LOGIN=true.",
  );
});

test("configured, it offers previews and tells a person once that it stands in", async () => {
  const response = await configure({ domain: "localhost:1", apiToken: "token" });
  expect(response.getSupportspreview()).toBe(true);
  expect(response.getSupportsAutonamingConfiguration()).toBe(true);
  expect(response.getAcceptsecrets()).toBe(false);
  expect(engine.said).toEqual([`info: ${NOTICE}`]);
});

test("a wrong setting is refused by its name", async () => {
  const request = new messages.CheckRequest();
  request.setUrn(urn("pulumi:providers:auth0", "default"));
  request.setNews(Struct.fromJavaScript({ domane: "t", domain: "t", apiToken: "x", clientId: "y" }));
  const failures = (await ask<messages.CheckResponse>((done) => client.checkConfig(request, done)))
    .getFailuresList()
    .map((one) => one.getReason());
  expect(failures).toEqual([
    'could not validate provider configuration: Conflicting configuration arguments. "api_token": conflicts with client_id. Check `pulumi config get auth0:apiToken`.',
    'could not validate provider configuration: Conflicting configuration arguments. "client_id": conflicts with api_token. Check `pulumi config get auth0:clientId`.',
    "`auth0:domane` is not a valid configuration key for the auth0 provider. Did you mean `auth0:domain`? If the referenced key is not intended for the provider, please choose a different namespace from `auth0:`.",
  ]);
});

test("a check and a preview go over the wire with unknowns and secrets marked", async () => {
  const request = new messages.CheckRequest();
  request.setUrn(urn("auth0:index/connection:Connection"));
  const options = { clientId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", clientSecret: "shh" };
  request.setNews(Struct.fromJavaScript({ name: "acme", strategy: "oidc", options }));
  const checked = await ask<messages.CheckResponse>((done) => client.check(request, done));
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "shh" };
  expect(checked.getInputs()?.toJavaScript()).toEqual({
    name: "acme",
    strategy: "oidc",
    options: { ...options, clientSecret: secret, __defaults: [] },
    __defaults: [],
  });
  const create = new messages.CreateRequest();
  create.setUrn(urn("auth0:index/connection:Connection"));
  create.setProperties(checked.getInputs());
  create.setPreview(true);
  const planned = (await ask<messages.CreateResponse>((done) => client.create(create, done)))
    .getProperties()
    ?.toJavaScript();
  expect(planned).toMatchObject({ name: "acme", options: { clientId: options.clientId, clientSecret: secret } });
});

test("a difference over the wire names what replaces, what stays and how each property changes", async () => {
  const request = new messages.DiffRequest();
  request.setUrn(urn("auth0:index/connection:Connection"));
  request.setId("con_1");
  request.setOlds(Struct.fromJavaScript({ name: "acme", strategy: "oidc", displayName: "A", realms: ["acme"] }));
  request.setNews(Struct.fromJavaScript({ name: "acme2", strategy: "oidc", displayName: "B", __defaults: [] }));
  const response = await ask<messages.DiffResponse>((done) => client.diff(request, done));
  const { UPDATE, UPDATE_REPLACE } = messages.PropertyDiff.Kind;
  const kinds = response.getDetaileddiffMap().toObject(false, messages.PropertyDiff.toObject);
  expect(response.getChanges()).toBe(messages.DiffResponse.DiffChanges.DIFF_SOME);
  expect(response.getReplacesList()).toEqual(["name"]);
  expect(response.getStablesList()).toEqual(["strategy"]);
  expect(response.getDiffsList()).toEqual(["displayName", "name"]);
  expect(response.getDeletebeforereplace()).toBe(true);
  expect(response.getHasdetaileddiff()).toBe(true);
  expect(kinds.map(([path, { kind }]) => [path, kind])).toEqual(
    [
      ["name", UPDATE_REPLACE],
      ["displayName", UPDATE],
    ].sort(),
  );
});

test("what it does not know is refused by name", async () => {
  const invoke = new messages.InvokeRequest();
  invoke.setArgs(Struct.fromJavaScript({ bogus: 1 }));
  invoke.setTok("auth0:index/getTenant:getTenant");
  const refused = await ask<messages.InvokeResponse>((done) => client.invoke(invoke, done));
  expect(refused.getFailuresList().map((one) => one.getReason())).toEqual(["[bogus] Invalid or unknown key"]);
  expect(refused.getReturn()).toBeUndefined();
  invoke.setTok("auth0:index/getClient:getClient");
  await expect(ask<messages.InvokeResponse>((done) => client.invoke(invoke, done))).rejects.toThrow(
    "unrecognized data function (Invoke): auth0:index/getClient:getClient; this stand-in knows only auth0:index/getTenant:getTenant.",
  );
  const check = new messages.CheckRequest();
  check.setUrn(urn("auth0:index/form:Form"));
  await expect(ask<messages.CheckResponse>((done) => client.check(check, done))).rejects.toThrow(
    "unrecognized resource type (Check): auth0:index/form:Form; this stand-in does not know it.",
  );
  await expect(
    ask<messages.ProviderHandshakeResponse>((done) => client.handshake(new messages.ProviderHandshakeRequest(), done)),
  ).rejects.toThrow("method Handshake not implemented");
});

test("a refused plan names the resource and the reason", async () => {
  const request = new messages.CreateRequest();
  request.setUrn(urn("auth0:index/clientGrant:ClientGrant"));
  request.setProperties(Struct.fromJavaScript({ clientId: "c", audience: "a" }));
  request.setPreview(true);
  await expect(ask<messages.CreateResponse>((done) => client.create(request, done))).rejects.toThrow(
    `diffing ${urn("auth0:index/clientGrant:ClientGrant")}: 1 error occurred:\n\t* either \`scopes\` must be provided or \`allow_all_scopes\` must be set to \`true\`\n\n`,
  );
});

test("its package schema tells names, secrets and what replaces", async () => {
  const schema = JSON.parse(
    (
      await ask<messages.GetSchemaResponse>((done) => client.getSchema(new messages.GetSchemaRequest(), done))
    ).getSchema(),
  );
  expect(Object.keys(schema.resources).sort()).toEqual([...resourceTypes().keys()].sort());
  expect(schema.resources[ORGANIZATION].requiredInputs).toEqual([]);
  expect(schema.resources["auth0:index/connection:Connection"].inputProperties.strategy).toEqual({
    type: "string",
    willReplaceOnChanges: true,
  });
  expect(schema.types["auth0:index/ConnectionOptions:ConnectionOptions"].properties.clientSecret).toEqual({
    type: "string",
    secret: true,
  });
});

test("it ends when the process that started it is killed", async () => {
  const starter = `
    const { spawn } = require("node:child_process");
    spawn(process.execPath, [${JSON.stringify(MAIN)}, ${JSON.stringify(engine.address)}], { stdio: "inherit" });
  `;
  const parent = spawn(process.execPath, ["-e", starter], { stdio: ["ignore", "pipe", "inherit"] });
  if (!parent.stdout) throw new Error("no output");
  const lines = createInterface(parent.stdout);
  await once(lines, "line");
  const closed = once(parent.stdout, "close"); // only once every process that holds the pipe is gone
  parent.kill("SIGKILL");
  await closed;
});

test("it ends when nothing answers at the engine's address any more", async () => {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const bound = listener.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  const gone = new Engine(`127.0.0.1:${port}`);
  expect(await gone.isReachable()).toBe(true);
  listener.close();
  await once(listener, "close");
  await new Promise<void>((resolve) => {
    const keepAlive = setInterval(() => undefined, 1_000);
    watchEngine(
      gone,
      () => {
        clearInterval(keepAlive);
        resolve();
      },
      { parent: 60_000, engine: 10 },
    );
  });
});
