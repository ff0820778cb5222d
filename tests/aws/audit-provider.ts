import { pathToFileURL } from "node:url";
import { CreateEventBusCommand, CreatePartnerEventSourceCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { placeAwsPlugin, version } from "../harness/aws/placed-plugin.ts";

// In place of the provider plugin `pulumi-resource-aws`, for one kind of resource: event buses, which moto makes. As the real one it asks
// once, and says what AWS said. AWS knows the partner's source after the first attempt only: where Auth0 made it, and it took a moment.

const { MOTO = "", ACCOUNT = "", region = "eu-central-1" } = process.env;
const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "any" };
const aws = new EventBridgeClient({ endpoint: MOTO, region, credentials });

type Asked<Request> = grpc.ServerUnaryCall<Request, unknown>;

async function createBus(request: messages.CreateRequest): Promise<messages.CreateResponse> {
  const inputs = request.getProperties()?.toJavaScript() ?? {};
  const { name: Name, eventSourceName: EventSourceName } = inputs as Record<string, string>;
  try {
    await aws.send(new CreateEventBusCommand({ Name, EventSourceName }));
  } catch (error) {
    await aws.send(new CreatePartnerEventSourceCommand({ Name: EventSourceName, Account: ACCOUNT }));
    const { name, message } = error as Error;
    throw new Error(
      `creating EventBridge Event Bus (${Name}): operation error EventBridge: CreateEventBus, ${name}: ${message}`,
    );
  }
  const made = new messages.CreateResponse();
  made.setId(Name ?? "");
  made.setProperties(request.getProperties());
  return made;
}

const handlers: Record<string, (request: never) => unknown> = {
  getPluginInfo: () => {
    const info = new plugins.PluginInfo();
    info.setVersion(version);
    return info;
  },
  checkConfig: accept,
  check: accept,
  diffConfig: () => new messages.DiffResponse(),
  diff: () => new messages.DiffResponse(),
  configure: () => new messages.ConfigureResponse(),
  create: createBus,
  delete: () => new empties.Empty(),
  cancel: () => new empties.Empty(),
};

function accept(request: messages.CheckRequest): messages.CheckResponse {
  const accepted = new messages.CheckResponse();
  accepted.setInputs(request.getNews());
  return accepted;
}

const answered = Object.entries(handlers).map(([method, work]) => [
  method,
  (call: Asked<never>, reply: grpc.sendUnaryData<unknown>) => {
    Promise.resolve()
      .then(() => work(call.request))
      .then(
        (answer) => reply(null, answer),
        (error: Error) => reply({ code: grpc.status.UNKNOWN, message: error.message }),
      );
  },
]);

/** Puts this program where a CLI with that `PULUMI_HOME` looks for the provider; it reads `MOTO` and `ACCOUNT`. */
export function placeProvider(home: string): void {
  placeAwsPlugin(home, import.meta.url);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const server = new grpc.Server();
  server.addService(services.ResourceProviderService, Object.fromEntries(answered));
  const credentials = grpc.ServerCredentials.createInsecure();
  server.bindAsync("127.0.0.1:0", credentials, (_, port) => process.stdout.write(`${port}\n`));
}
