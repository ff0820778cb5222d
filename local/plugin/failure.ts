import grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import { ApiError } from "./management.ts";
import { writeProperties } from "./marshal.ts";
import { GuardedError, IncompleteError, RefusedError } from "./provider.ts";

/**
 * What the engine is told of an error: its sentence, and the resource a failed step left behind. No stack trace.
 * Refusals of the API and of a plan are worded as the provider words them.
 * @param doing `deleting urn:…`, where a message begins with it
 */
export function failure(error: unknown, doing = ""): grpc.ServerErrorResponse {
  if (error instanceof IncompleteError) return incomplete(error, doing);
  const ofPlan = error instanceof RefusedError && !(error instanceof GuardedError);
  const message = worded(error, ofPlan ? doing.replace(/^\w+/, "diffing") : prefixOf(doing));
  const code = error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : undefined;
  return { name: "Error", message, details: message, code: code ?? grpc.status.UNKNOWN };
}

/** A creation and an update begin with no word of their own. */
const prefixOf = (doing: string): string => (/^(creating|updating) /.test(doing) ? "" : doing);

function worded(error: unknown, doing: string): string {
  const told = error instanceof ApiError || error instanceof RefusedError || error instanceof AggregateError;
  if (!told) return messageOf(error);
  const message = error instanceof AggregateError ? listed(error.errors.map(messageOf)) : error.message;
  return `${doing ? `${doing}: ` : ""}${listed([message])}`;
}

function listed(messages: readonly string[]): string {
  const count = messages.length === 1 ? "1 error" : `${messages.length} errors`;
  return `${count} occurred:\n${messages.map((message) => `\t* ${message}\n`).join("")}\n`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The engine keeps the resource with its errors from a detail of this message: pulumi/proto/pulumi/provider.proto */
function incomplete(error: IncompleteError, doing: string): grpc.ServerErrorResponse {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(error.resource.id);
  detail.setProperties(writeProperties(error.resource.properties, false));
  const reason = worded(error.cause, doing);
  detail.setReasonsList([reason]);
  const wrapped = new anys.Any();
  wrapped.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(reason);
  status.addDetails(wrapped);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { name: "Error", message: reason, details: reason, code: grpc.status.UNKNOWN, metadata };
}
