import { expect, test } from "vitest";
import { pem as certificate } from "./certificates.ts";
import { ellipticKey, machinesOf, privateKey, rsa } from "./machines.ts";
import { config, customer, entryFaults, faults, secret } from "./project.ts";

const machine = { scopes: ["read:bookings"] };
const scopeRule =
  "allowed: read:account, update:account, read:bookings, create:bookings, read:api-keys, manage:api-keys";
const machineKeys = "allowed: an object with scopes, authentication, publicKeys, rotation";
const keyed = { ...machine, authentication: "private_key_jwt" };
const machineNameRule = "allowed: a name of 1 to 30 lower-case letters, digits and hyphens that begins with a letter";
const rotationRule = "allowed: a whole number from 1 to 9999, one more for each new secret";
const keyRule =
  "allowed: an RSA public key of 2048 bits or more, as PEM: one block from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----";
const ofMachine = (machine: unknown) => ({ ...customer, machines: { machine } });
const oneKey = rsa();
const withKeys = (...publicKeys: string[]) => ofMachine({ ...keyed, publicKeys });

const single: [entry: unknown, line: string][] = [
  [{ ...customer, machines: true }, "machines: true cannot be used; allowed: a map from name to machine"],
  [{ ...customer, machines: {} }, "machines: 0 machines; allowed: 1 to 50, or leave it out"],
  [{ ...customer, machines: machinesOf(51) }, "machines: 51 machines; allowed: 1 to 50, or leave it out"],
  [{ ...customer, machines: { EU: machine } }, `machines: "EU" cannot be used; ${machineNameRule}`],
  [{ ...customer, machines: { "1st": machine } }, `machines: "1st" cannot be used; ${machineNameRule}`],
  [
    { ...customer, machines: { ["x".repeat(31)]: machine } },
    `machines: "${"x".repeat(31)}" cannot be used; ${machineNameRule}`,
  ],
  [ofMachine(true), `machines.machine: this boolean cannot be used; ${machineKeys}`],
  [
    ofMachine({ ...machine, clientId: "x" }),
    "machines.machine: unknown key clientId; allowed: scopes, authentication, publicKeys, rotation",
  ],
  [ofMachine({ scopes: [] }), "machines.machine.scopes: empty; allowed: a list of scopes, at least one"],
  [
    ofMachine({ scopes: "read:bookings" }),
    'machines.machine.scopes: "read:bookings" cannot be used; allowed: a list of scopes, at least one',
  ],
  [ofMachine({ scopes: ["read:all"] }), `machines.machine.scopes[0]: "read:all" cannot be used; ${scopeRule}`],
  [ofMachine({ scopes: ["read:offers"] }), `machines.machine.scopes[0]: "read:offers" cannot be used; ${scopeRule}`],
  [
    ofMachine({ scopes: ["read:bookings", "read:bookings"] }),
    "machines.machine.scopes: something stands twice; allowed: each once",
  ],
  [
    ofMachine({ ...machine, authentication: "none" }),
    'machines.machine.authentication: "none" cannot be used; allowed: secret, private_key_jwt',
  ],
  [ofMachine({ ...machine, rotation: 0 }), `machines.machine.rotation: 0 cannot be used; ${rotationRule}`],
  [ofMachine({ ...machine, rotation: 1.5 }), `machines.machine.rotation: 1.5 cannot be used; ${rotationRule}`],
  [ofMachine({ ...machine, rotation: "2" }), `machines.machine.rotation: "2" cannot be used; ${rotationRule}`],
  [ofMachine({ ...machine, rotation: 10_000 }), `machines.machine.rotation: 10000 cannot be used; ${rotationRule}`],
  [ofMachine(keyed), "machines.machine.publicKeys: missing; allowed: a list of 1 or 2 public keys"],
  [withKeys(), "machines.machine.publicKeys: empty; allowed: a list of 1 or 2 public keys"],
  [withKeys(rsa(), rsa(), rsa()), "machines.machine.publicKeys: too long; allowed: a list of 1 or 2 public keys"],
  [
    ofMachine({ ...keyed, publicKeys: privateKey() }),
    "machines.machine.publicKeys: this string cannot be used; allowed: a list of 1 or 2 public keys",
  ],
  [withKeys(oneKey, oneKey), "machines.machine.publicKeys: something stands twice; allowed: each once"],
  [
    withKeys(oneKey, oneKey.replaceAll("\n", "\r\n")),
    "machines.machine.publicKeys: something stands twice; allowed: each once",
  ],
  ...[
    rsa(1024),
    privateKey(),
    ellipticKey(),
    certificate,
    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
  ].map((key): [unknown, string] => [
    withKeys(key),
    `machines.machine.publicKeys[0]: this string cannot be used; ${keyRule}`,
  ]),
  [
    ofMachine({ ...machine, publicKeys: [oneKey] }),
    "machines.machine.publicKeys: nothing asks for a key; allowed: with authentication: private_key_jwt",
  ],
  [
    ofMachine({ ...keyed, publicKeys: [oneKey], rotation: 2 }),
    "machines.machine.rotation: there is no secret to make anew; allowed: with authentication: secret (another key goes into publicKeys)",
  ],
];

test.each(single)("machines are refused, fault %$", (entry, line) => {
  expect(entryFaults(entry)).toEqual([line]);
});

test("the names of two companies' machines must not come to one", () => {
  const with_ = (name: string) => ({ ...customer, connections: undefined, machines: { [name]: machine } });
  const files = { "acme.yaml": with_("eu-west"), "acme-eu.yaml": with_("west") };
  expect(faults({ config, files }).slice(1)).toEqual([
    "✖ stacks/local/customers/acme.yaml: machines.eu-west: machine acme-eu-west already belongs to acme-eu (stacks/local/customers/acme-eu.yaml); allowed: each once",
  ]);
});

test("a secret's counter does not go back", () => {
  const before = { acme: { state: "live", connections: [], domains: [], machines: { machine: { rotation: 3 } } } };
  const lines = (change: object) =>
    faults({
      config: { ...config, ...secret },
      files: { "acme.yaml": ofMachine({ ...machine, ...change }) },
      previous: before,
    }).slice(1);
  const line =
    "✖ stacks/local/customers/acme.yaml: machines.machine.rotation: it was 3 in the last up; allowed: 3 or more";
  expect(lines({ rotation: 2 })).toEqual([line]);
  expect(lines({})).toEqual([line]);
  expect(lines({ rotation: 3 })).toEqual([]);
  expect(lines({ rotation: 4 })).toEqual([]);
  expect(lines({ authentication: "private_key_jwt", publicKeys: [oneKey] })).toEqual([]);
});
