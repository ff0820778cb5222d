/**
 * Stands in for the provider plugin `pulumi-resource-auth0` where that cannot be downloaded. The Pulumi engine starts
 * it with its own address as the only argument and reads the port to call from the first line of the output.
 */
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { Engine } from "./engine.ts";
import { watchEngine } from "./lifetime.ts";
import { Service } from "./service.ts";

/** Bytes of one message: the engine's own limit. */
const LONGEST_MESSAGE = 400 * 1024 * 1024;

const [address] = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
if (!address) {
  console.error("pulumi-resource-auth0 is started by the Pulumi engine, which names its address as the argument.");
  process.exit(2);
}

const engine = new Engine(address);
const server = new grpc.Server({
  "grpc.max_receive_message_length": LONGEST_MESSAGE,
  "grpc.max_send_message_length": LONGEST_MESSAGE,
});
server.addService(services.ResourceProviderService, new Service(engine, process.env).handlers());
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    console.error(`pulumi-resource-auth0 cannot listen on 127.0.0.1: ${error.message}`);
    process.exit(1);
  }
  watchEngine(engine, () => process.exit(0)); // before the line: whoever reads it may be gone at once
  process.stdout.write(`${port}\n`);
});
