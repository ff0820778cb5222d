import grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";

// Pulumi's own server of a provider answers no preview, so that the engine takes a resource's inputs for all that is known of it: also of an
// object that AWS adds something to. The real plugin says what it does not know yet.

interface Call<Request> {
  readonly request: Request;
}
type Reply<Response> = (error: unknown, response?: Response) => void;
type Handler<Request, Response> = (call: Call<Request>, reply: Reply<Response>) => unknown;
interface Served {
  configure: Handler<messages.ConfigureRequest, messages.ConfigureResponse>;
  create: Handler<messages.CreateRequest, messages.CreateResponse>;
  update: Handler<messages.UpdateRequest, messages.UpdateResponse>;
}

type Properties = Record<string, unknown>;

/** How the engine writes a text that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What AWS adds to an object of the inputs, by type. */
const added: Readonly<Record<string, (inputs: Properties) => Properties>> = {
  "aws:sesv2/emailIdentity:EmailIdentity": ({ dkimSigningAttributes }) => ({
    dkimSigningAttributes: { ...(dkimSigningAttributes as Properties), tokens: UNKNOWN },
  }),
};

function previewed(urn: string, inputs: structs.Struct | undefined): structs.Struct {
  const known = (inputs?.toJavaScript() ?? {}) as Properties;
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  return structs.Struct.fromJavaScript({ ...known, ...added[type]?.(known) } as never);
}

/** From now on a provider that this process serves answers previews, and does nothing in one. */
export function answerPreviews(): void {
  const { addService } = grpc.Server.prototype;
  grpc.Server.prototype.addService = function (service, server) {
    addService.call(this, service, answering(server as unknown as Served) as never);
  };
}

function answering(served: Served): Served {
  return Object.assign(Object.create(served) as Served, {
    configure: ((call, reply) =>
      served.configure(call, (error, response) => {
        response?.setSupportspreview(true);
        reply(error, response);
      })) satisfies Served["configure"],
    create: ((call, reply) => {
      const { request } = call;
      if (!request.getPreview()) return served.create(call, reply);
      const response = new messages.CreateResponse();
      response.setProperties(previewed(request.getUrn(), request.getProperties()));
      return reply(undefined, response);
    }) satisfies Served["create"],
    update: ((call, reply) => {
      const { request } = call;
      if (!request.getPreview()) return served.update(call, reply);
      const response = new messages.UpdateResponse();
      response.setProperties(previewed(request.getUrn(), request.getNews()));
      return reply(undefined, response);
    }) satisfies Served["update"],
  });
}
