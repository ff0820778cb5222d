import { connect } from "node:net";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

export type Severity = "info" | "warning";

/** The engine that started this plugin. */
export class Engine {
  readonly #address: string;
  #client: services.EngineClient | undefined;

  /** @param address `127.0.0.1:port` */
  constructor(address: string) {
    this.#address = address;
  }

  /** Shows a person one message; `urn` ties it to a resource. A message that cannot be delivered is no fault of a step. */
  log(severity: Severity, message: string, urn = ""): Promise<void> {
    this.#client ??= new services.EngineClient(this.#address, grpc.credentials.createInsecure());
    const request = new messages.LogRequest();
    const { INFO, WARNING } = messages.LogSeverity;
    request.setSeverity(severity === "info" ? INFO : WARNING);
    request.setMessage(message);
    request.setUrn(urn);
    return new Promise((resolve) => {
      this.#client?.log(request, new grpc.Metadata(), { deadline: Date.now() + 5_000 }, (error: Error | null) => {
        if (error) console.error(message);
        resolve();
      });
    });
  }

  /** True while something accepts connections at the engine's address. */
  isReachable(): Promise<boolean> {
    const [host, port] = this.#address.split(/:(?=\d+$)/);
    return new Promise((resolve) => {
      const socket = connect({ host: host || "127.0.0.1", port: Number(port), timeout: 5_000 });
      const end = (reachable: boolean) => {
        socket.destroy();
        resolve(reachable);
      };
      socket.on("connect", () => end(true));
      socket.on("timeout", () => end(true));
      socket.on("error", () => end(false));
    });
  }
}
