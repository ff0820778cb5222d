import type { ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { configurationFaults, type Environment, readSettings } from "./configuration.ts";
import type { Naming } from "./defaults.ts";
import type { ChangeKind } from "./difference.ts";
import type { Engine } from "./engine.ts";
import { failure } from "./failure.ts";
import { answerFunction } from "./functions.ts";
import { inputsOf } from "./inputs.ts";
import { ManagementApi } from "./management.ts";
import { readProperties, writeProperties } from "./marshal.ts";
import { resourceTypes } from "./operations/index.ts";
import type { Difference, ResourceType } from "./provider.ts";
import { packageSchema } from "./schema.ts";
import { withSecrets } from "./secrets.ts";
import { tokenSource } from "./token.ts";
import { equal } from "./value.ts";

/** The provider's version that this plugin stands in for. */
const VERSION = "3.49.0";
const NOTICE = `auth0: a stand-in of this project takes the place of the provider plugin pulumi-resource-auth0 ${VERSION}; set AUTH0_PLUGIN to use the real one.`;

/** Answers the engine: https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto */
export class Service {
  readonly #types = resourceTypes();
  readonly #engine: Engine;
  readonly #environment: Environment;
  #api: ManagementApi | undefined;

  constructor(engine: Engine, environment: Environment) {
    this.#engine = engine;
    this.#environment = environment;
  }

  handlers(): UntypedServiceImplementation {
    const refuse = (what: string) => () => {
      throw Object.assign(new Error(`method ${what} not implemented`), { code: grpc.status.UNIMPLEMENTED });
    };
    return {
      handshake: answer(refuse("Handshake")),
      parameterize: answer(refuse("Parameterize")),
      attach: answer(refuse("Attach")),
      call: answer(refuse("Call")),
      construct: answer(refuse("Construct")),
      list: refuse("List"),
      getMapping: answer(() => new messages.GetMappingResponse()),
      getMappings: answer(() => new messages.GetMappingsResponse()),
      getPluginInfo: answer(() => pluginInfo()),
      getSchema: answer(() => this.#getSchema()),
      checkConfig: answer((request: messages.CheckRequest) => this.#checkConfig(request)),
      diffConfig: answer((request: messages.DiffRequest) => this.#diffConfig(request)),
      configure: answer((request: messages.ConfigureRequest) => this.#configure(request)),
      check: answer((request: messages.CheckRequest) => this.#check(request)),
      diff: answer((request: messages.DiffRequest) => this.#diff(request), "diffing"),
      create: answer((request: messages.CreateRequest) => this.#create(request), "creating"),
      read: answer((request: messages.ReadRequest) => this.#read(request), "refreshing"),
      update: answer((request: messages.UpdateRequest) => this.#update(request), "updating"),
      delete: answer((request: messages.DeleteRequest) => this.#delete(request), "deleting"),
      invoke: answer((request: messages.InvokeRequest) => this.#invoke(request), "invoking"),
      cancel: answer(() => new empties.Empty()),
    };
  }

  #getSchema(): messages.GetSchemaResponse {
    const response = new messages.GetSchemaResponse();
    const tables = [...this.#types.values()].map(({ table }) => table);
    response.setSchema(JSON.stringify(packageSchema(tables, VERSION)));
    return response;
  }

  #checkConfig(request: messages.CheckRequest): messages.CheckResponse {
    const config = readProperties(request.getNews());
    const faults = configurationFaults(config, this.#environment);
    const response = new messages.CheckResponse();
    response.setFailuresList(faults.map(checkFailure));
    if (faults.length === 0) response.setInputs(request.getNews());
    return response;
  }

  #diffConfig(request: messages.DiffRequest): messages.DiffResponse {
    const [olds, news] = [readProperties(request.getOldInputs()), readProperties(request.getNews())];
    const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
    const changes = [...names].filter((name) => !equal(olds[name], news[name])).sort();
    const kindOf = (name: string): ChangeKind => (!(name in olds) ? "add" : !(name in news) ? "delete" : "update");
    const entries = changes.map((name) => [name, { kind: kindOf(name), replaces: false }] as const);
    return diffResponse({ changes: new Map(entries), replaces: [], stables: [], deleteBeforeReplace: false }, true);
  }

  async #configure(request: messages.ConfigureRequest): Promise<messages.ConfigureResponse> {
    const settings = readSettings(readProperties(request.getArgs()), this.#environment);
    const { domain, trusted } = settings;
    this.#api?.close();
    this.#api = new ManagementApi({ domain, trusted, token: tokenSource(settings) });
    await this.#engine.log("info", NOTICE);
    const response = new messages.ConfigureResponse();
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  #check(request: messages.CheckRequest): messages.CheckResponse {
    const olds = request.hasOlds() ? readProperties(request.getOlds()) : undefined;
    const type = this.#typeOf(request.getUrn(), "Check");
    const { inputs, failures } = type.check(readProperties(request.getNews()), olds, namingOf(request));
    const response = new messages.CheckResponse();
    response.setInputs(writeProperties(inputs, true));
    response.setFailuresList(failures.map(checkFailure));
    return response;
  }

  #diff(request: messages.DiffRequest): messages.DiffResponse {
    const type = this.#typeOf(request.getUrn(), "Diff");
    const [olds, news] = [readProperties(request.getOlds()), readProperties(request.getNews())];
    return diffResponse(type.diff(request.getId(), olds, news, request.getIgnorechangesList()), false);
  }

  async #create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
    const type = this.#typeOf(request.getUrn(), "Create");
    const news = readProperties(request.getProperties());
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      response.setProperties(writeProperties(type.preview(news), true));
      return response;
    }
    const { id, properties } = await type.create(this.#tenant(), news, request.getTimeout());
    response.setId(id);
    response.setProperties(writeProperties(properties, false));
    return response;
  }

  async #read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
    const type = this.#typeOf(request.getUrn(), "Read");
    const olds = readProperties(request.getProperties());
    const isRefresh = Object.keys(olds).length > 0;
    const response = new messages.ReadResponse();
    const found = await type.read(this.#tenant(), request.getId(), isRefresh ? olds : undefined);
    if (!found) return response;
    const inputs = inputsOf(type.table, found.state, isRefresh ? readProperties(request.getInputs()) : undefined);
    response.setId(found.id);
    response.setProperties(writeProperties(found.properties, false));
    response.setInputs(writeProperties(withSecrets(type.table.fields, inputs), false));
    return response;
  }

  async #update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
    const type = this.#typeOf(request.getUrn(), "Update");
    const [olds, news, id] = [readProperties(request.getOlds()), readProperties(request.getNews()), request.getId()];
    const response = new messages.UpdateResponse();
    if (request.getPreview()) response.setProperties(writeProperties(type.preview(news, { id, olds }), true));
    else {
      const { properties } = await type.update(this.#tenant(), id, olds, news);
      response.setProperties(writeProperties(properties, false));
    }
    return response;
  }

  async #delete(request: messages.DeleteRequest): Promise<empties.Empty> {
    const type = this.#typeOf(request.getUrn(), "Delete");
    await type.delete(this.#tenant(), request.getId(), readProperties(request.getProperties()));
    return new empties.Empty();
  }

  async #invoke(request: messages.InvokeRequest): Promise<messages.InvokeResponse> {
    const given = readProperties(request.getArgs());
    const { results, failures } = await answerFunction(request.getTok(), given, this.#types, () => this.#tenant());
    const response = new messages.InvokeResponse();
    response.setFailuresList(failures.map(checkFailure));
    if (failures.length === 0) response.setReturn(writeProperties(results, false));
    return response;
  }

  #tenant(): ManagementApi {
    if (!this.#api) throw new Error("the provider is not configured");
    return this.#api;
  }

  #typeOf(urn: string, method: string): ResourceType {
    const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const type = this.#types.get(token);
    if (!type) throw new Error(`unrecognized resource type (${method}): ${token}; this stand-in does not know it.`);
    return type;
  }
}

/** A gRPC handler that turns a thrown error into one sentence for the engine. */
function answer<Request, Response>(handle: (request: Request) => Response | Promise<Response>, verb = "") {
  return (call: ServerUnaryCall<Request, Response>, done: grpc.sendUnaryData<Response>): void => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (response) => done(null, response),
        (error: unknown) => done(failure(error, verb && `${verb} ${subjectOf(call.request)}`)),
      );
  };
}

/** The resource or function that a request is about. */
function subjectOf(request: unknown): string {
  const { getUrn, getTok } = request as { getUrn?: () => string; getTok?: () => string };
  return (getUrn ?? getTok)?.call(request) ?? "";
}

function pluginInfo(): plugins.PluginInfo {
  const info = new plugins.PluginInfo();
  info.setVersion(VERSION);
  return info;
}

function checkFailure(reason: string): messages.CheckFailure {
  const one = new messages.CheckFailure();
  one.setReason(reason);
  return one;
}

function namingOf(request: messages.CheckRequest): Naming {
  const resourceName = request.getUrn().split("::").slice(3).join("::");
  const seed = request.getRandomseed_asU8();
  const options = request.getAutonaming();
  if (!options) return { resourceName, seed };
  const { DISABLE, ENFORCE } = messages.CheckRequest.AutonamingOptions.Mode;
  const given = options.getMode();
  const mode = given === DISABLE ? "disable" : given === ENFORCE ? "enforce" : "propose";
  return { resourceName, seed, proposal: { name: options.getProposedName(), mode } };
}

function diffResponse({ changes, replaces, stables, deleteBeforeReplace }: Difference, ofInputs: boolean) {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const response = new messages.DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
  response.setChanges(changes.size > 0 ? DIFF_SOME : DIFF_NONE);
  response.setReplacesList([...replaces]);
  response.setStablesList([...stables]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  response.setDiffsList([...new Set([...changes.keys()].map((path) => path.split(/[.[]/)[0] ?? path))].sort());
  for (const [path, { kind, replaces: replacing }] of changes) {
    const change = new messages.PropertyDiff();
    change.setKind(kinds[kind][replacing ? 1 : 0]);
    change.setInputdiff(ofInputs);
    response.getDetaileddiffMap().set(path, change);
  }
  return response;
}
