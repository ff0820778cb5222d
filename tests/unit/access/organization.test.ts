import { expect, test } from "vitest";
import { fieldsOf } from "../../../access/metadata.ts";
import { inGoodStanding, readOrganization } from "../../../access/organization.ts";

const metadata = { type: "customer", status: "active" };
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key_${n}`, ""]));

test.each([undefined, null])("%s is no organization", (value) => {
  expect(readOrganization(value)).toBeUndefined();
});

test("an organization is its id and its metadata", () => {
  expect(readOrganization({ id: "org_1", name: "acme", metadata })).toEqual({ damaged: false, id: "org_1", metadata });
  expect(readOrganization({ id: "org_1", metadata: {} })).toEqual({ damaged: false, id: "org_1", metadata: {} });
});

test("25 keys and 255 characters are allowed", () => {
  const large = { ...keys(24), note: "x".repeat(255) };
  expect(readOrganization({ id: "org_1", metadata: large })).toEqual({ damaged: false, id: "org_1", metadata: large });
});

test.each<[string, unknown]>([
  ["a text", "org_1"],
  ["an empty text", ""],
  ["zero", 0],
  ["false", false],
  ["a list", []],
  ["an object without an id", { metadata }],
  ["an object with an empty id", { id: "", metadata }],
  ["an object with an id that is no text", { id: 1, metadata }],
  ["one without metadata", { id: "org_1" }],
  ["one with null metadata", { id: "org_1", metadata: null }],
  ["one whose metadata is a text", { id: "org_1", metadata: "active" }],
  ["one whose metadata is a list", { id: "org_1", metadata: [] }],
  ["one with 26 keys", { id: "org_1", metadata: keys(26) }],
  ["one with a value of 256 characters", { id: "org_1", metadata: { ...metadata, note: "x".repeat(256) } }],
  ["one with a value that is no text", { id: "org_1", metadata: { ...metadata, seats: 5 } }],
])("%s is a damaged organization", (_, value) => {
  expect(readOrganization(value)).toEqual({ damaged: true });
});

test.each([
  [{ damaged: true } as const, false],
  [{ damaged: false, id: "org_1", metadata } as const, true],
  [{ damaged: false, id: "org_1", metadata: { status: "suspended" } } as const, false],
  [{ damaged: false, id: "org_1", metadata: {} } as const, false],
])("organization %j is in good standing: %s", (organization, answer) => {
  expect(inGoodStanding(organization)).toBe(answer);
});

test.each([null, undefined, "x", 1, true, ["x"]])("%j has no fields", (value) => {
  expect(fieldsOf(value)).toBeUndefined();
});
