import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk } from "./tenant.ts";

collection({
  family: "log streams",
  id: "id",
  create: (n) =>
    sdk.logStreams.create({
      name: `stream ${n}`,
      type: "http",
      sink: { httpEndpoint: "https://logs.example.com", httpAuthorization: "Bearer x" },
    }),
  made: {
    id: expect.stringMatching(/^lst_\d{16}$/),
    name: "stream 1",
    type: "http",
    status: "active",
    isPriority: false,
    sink: { httpEndpoint: "https://logs.example.com", httpAuthorization: "Bearer x" },
  },
  get: ({ id = "" }) => sdk.logStreams.get(id),
  list: { whole: () => sdk.logStreams.list() },
  update: {
    send: ({ id = "" }) => sdk.logStreams.update(id, { status: "paused", name: "first" }),
    changes: { status: "paused", name: "first" },
  },
  remove: {
    send: ({ id = "" }) => sdk.logStreams.delete(id),
    gone: refusal(404, "The log stream does not exist."),
  },
});
