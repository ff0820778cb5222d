import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/plugin/management.ts";
import { connected, typeOf } from "./connected.ts";
import { refusal } from "./fake-management-api.ts";

const held = connected();
const olds = { organizationId: "org_1", connectionId: "con_1" };
const read = () => typeOf("organizationConnection").read(held.api, "org_1::con_1", olds);
const line = "GET organizations/org_1/connections/con_1";

test.each([400, 403, 404, 409])("a refusal by %i is final, and shown as the API wrote it", async (status) => {
  held.fake.answer = () => refusal(status, "Some", "reason");
  await expect(read()).rejects.toThrow(`${status}: {"statusCode":${status},"error":"Some","message":"reason"}`);
  expect(held.fake.lines()).toEqual([line]);
});

test.each([
  [500, 8],
  [503, 8],
  [501, 2],
  [408, 2],
])("after %i for good there were %i attempts: every repetition of the older client twice", async (status, attempts) => {
  held.fake.answer = () => refusal(status, "Some", "reason");
  await expect(read()).rejects.toThrow(`${status}: {"statusCode"`);
  expect(held.fake.lines()).toEqual(Array(attempts).fill(line));
});

test("what works at the second attempt has worked, a creation too", async () => {
  let refusals = 4;
  const body: JsonObject = { connection_id: "con_1", is_enabled: true };
  held.fake.answer = () => (refusals-- > 0 ? refusal(500, "Some", "reason") : { status: 200, body });
  const made = await typeOf("organizationConnection").create(held.api, olds);
  expect(made.id).toBe("org_1::con_1");
  expect(held.fake.lines()).toEqual([...Array(5).fill("POST organizations/org_1/connections"), line]);
});
