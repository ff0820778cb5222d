import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import type { Schema } from "../../../../local/tenant/management/fields.ts";
import { formats } from "../../../../local/tenant/management/formats.ts";
import type { Json } from "../../../../local/tenant/management/json.ts";

/** Stands for the id of a living object: of the collection after the colon. */
export const idMark = (collection: string): string => `living:${collection}`;

/** Texts that mean something to one field or another. */
const texts = [
  ...["", "a", "Name", "acme", "acme-corp", "read:it", "5", "true", "null", "undefined", "constructor", "__proto__"],
  ...["https://app.example.com/callback", "https://api.example.com", "http://localhost:3000", "com.example.app://x"],
  ...[
    "a@example.com",
    "not an address",
    "example.com",
    "sub.example.co.uk",
    "*.example.com",
    "192.0.2.1",
    "2001:db8::/32",
  ],
  ...[
    "2016-12-31T23:59:60Z",
    "9999-12-31T23:59:59Z",
    "(".repeat(2500),
    "<p>{%- auth0:head -%}{%- auth0:widget -%}</p>",
  ],
  ...["#ffffff", "#12345", "{organization.name}", "+4915112345678", "2026-01-01T00:00:00.000Z", "en", "RS256"],
  ...["Username-Password-Authentication", "credentials-exchange", "post-login", "verify_email", "sms", "consent"],
  ...[
    "\u0000",
    "\ud800",
    "é\u0301",
    "🦊",
    "'; DROP TABLE objects;--",
    "%",
    "a\nb",
    "../..",
    "a".repeat(300),
    "x".repeat(5000),
  ],
];

/** What fields that refer to other objects are called. */
const references: { readonly [field: string]: string } = {
  client_id: idMark("clients"),
  connection_id: idMark("connections"),
  grant_id: idMark("client-grants"),
  organization_id: idMark("organizations"),
  roles: idMark("roles"),
  members: idMark("users"),
  users: idMark("users"),
  user_id: idMark("users"),
  connection: "Username-Password-Authentication",
  audience: "https://api.example.com",
  resource_server_identifier: "https://api.example.com",
  permission_name: "read:it",
  scope: "read:it",
  issuer: "https://idp.example.com",
};

/** Keys of each kind that may be handed in, and the private half of one. */
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
const spki = { type: "spki", format: "pem" } as const;
export const pem = String(rsa.publicKey.export(spki));
const keys = [
  pem,
  String(curve.publicKey.export(spki)),
  String(rsa.privateKey.export({ type: "pkcs8", format: "pem" })),
  "-----BEGIN CERTIFICATE-----",
];

/** Anything that JSON can say, also what no field takes. */
export const anyJson: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e21, 2 ** 53, [], {}, [null], { a: { b: [1] } }, ...texts),
  fc.jsonValue({ maxDepth: 3 }).map((value): Json => JSON.parse(JSON.stringify(value))),
);

function textFor(schema: Schema, field: string): fc.Arbitrary<Json> {
  if (field === "pem") return fc.constantFrom(...keys);
  const known = references[field];
  const format = typeof schema.format === "string" ? formats[schema.format] : undefined;
  const fitting = texts.filter((one) => format === undefined || format(one));
  const plain = fc.constantFrom(...(fitting.length === 0 ? texts : fitting));
  // without the flag u: a pattern of Auth0's own escapes what needs no escape
  const patterned = typeof schema.pattern === "string" ? fc.stringMatching(new RegExp(schema.pattern)) : plain;
  return known === undefined ? patterned : fc.oneof({ weight: 4, arbitrary: fc.constant(known) }, patterned);
}

/** Values that mostly fit the schema: enough of them pass validation to reach what lies behind it. */
export function fitting(schema: Schema, field = "", depth = 0): fc.Arbitrary<Json> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((one) => fitting(one, field, depth)));
  const [type] = [schema.type].flat();
  if (type === "string") return textFor(schema, field);
  if (type === "boolean") return fc.boolean();
  if (type === "integer" || type === "number") {
    const { minimum = 0, maximum = 100 } = schema as { minimum?: number; maximum?: number };
    return fc.constantFrom(minimum, maximum, minimum + 1);
  }
  if (type === "array" && depth < 5)
    return fc.array(fitting(schema.items ?? {}, field, depth + 1), {
      minLength: Number(schema.minItems ?? 0),
      maxLength: 3,
    });
  if (type === "object" && depth < 5) return objectFor(schema, depth);
  return type === undefined ? anyJson : fc.constant(null);
}

function objectFor(schema: Schema, depth: number): fc.Arbitrary<Json> {
  const fields = Object.entries(schema.properties ?? {});
  const values = Object.fromEntries(fields.map(([name, inner]) => [name, fitting(inner, name, depth + 1)]));
  const free =
    typeof schema.additionalProperties === "object" ? fitting(schema.additionalProperties, "", depth + 1) : anyJson;
  if (fields.length === 0) return fc.dictionary(fc.constantFrom(...texts), free, { maxKeys: 4 });
  const required = schema.required ?? [];
  // few of many optional fields at once: one wrong value would hide all that the others do
  const optional = fields.map(([name]) => name).filter((name) => !required.includes(name));
  return fc.subarray(optional, { maxLength: Math.min(3, optional.length) }).chain((chosen) => {
    const names = [...required, ...chosen];
    return fc.record(Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : []))));
  });
}

/** The same values, with one place in them changed to something else. */
export function damaged(value: Json): fc.Arbitrary<Json> {
  if (Array.isArray(value) && value.length > 0)
    return fc.nat(value.length - 1).chain((at) => damaged(value[at] ?? null).map((bad) => value.with(at, bad)));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const names = [...Object.keys(value), "unknown_field", "__proto__"];
    return fc.constantFrom(...names).chain((name) => {
      const inner = fc.oneof(anyJson, damaged(Object.hasOwn(value, name) ? (value[name] ?? null) : null));
      return inner.map((bad) => Object.fromEntries([...Object.entries(value), [name, bad]]));
    });
  }
  return anyJson;
}
