import { expect, test } from "vitest";
import { looksSecret } from "../../../stacks/schema/looks-secret.ts";
import { isMap } from "../../../stacks/schema/strict.ts";
import { entries } from "../../e2e/strategies.entries.ts";
import { privateKey } from "./machines.ts";
import { customer, entryFaults } from "./project.ts";

/** A secret of each maker, as it is generated there. */
const secrets = {
  "Auth0's": "zT3sVq0hN7cKJw1xR5yUeB8aLpD2fGmX_iO9-4QkHtYvCjWnSrEbZdFgPlMuAoI6",
  "Microsoft Entra's": "Xk9~Qm2.vT7_hL4wR8bN3cZ6dF1gJ5sP0aYeUi",
  "Google's": "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",
  "AWS's": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLE+1",
  "Okta's": "0oTz5bY2kQw8Nv4RmXcJ1LhGf7sDpE3aUiKB",
  "of 32 hexadecimal digits": "9f86d081884c7d659a2feaa0c55ad015",
  "a private key": privateKey(),
};

test.each(Object.entries(secrets))("%s has the looks of a secret, also within a text", (_, secret) => {
  expect(looksSecret(secret)).toBe(true);
  expect(looksSecret(`secret: ${secret};`)).toBe(true);
});

test.each([
  ["a name", "Example Travel 2026 (local)"],
  ["a slug", "international-travel-2024-of-europe"],
  ["a domain", "login2.customers.a-very-long-name-of-a-company.example"],
  ["a URL", "https://login.acme.example:8443/oauth2/aus1x2/.well-known/OpenID-configuration"],
  ["an id", "0f8fad5b-d9cb-469f-a165-70867728950e"],
  ["an address", "somebody.of.acme2@acme.example"],
  ["a number", 123456789012345678901234n],
])("%s has not", (_, value) => {
  expect(looksSecret(value)).toBe(false);
});

type Path = readonly (string | number)[];

/** Every place in a value, its own first. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, n) => placesIn(item, [...path, n]))];
  if (!isMap(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

/** A copy with something else at one place. */
function withAt(value: unknown, [key, ...rest]: Path, what: (there: unknown) => unknown): unknown {
  if (key === undefined) return what(value);
  if (Array.isArray(value)) return value.map((item, n) => (n === key ? withAt(item, rest, what) : item));
  const map = value as Readonly<Record<string, unknown>>;
  return { ...map, [key]: withAt(map[key], rest, what) };
}

const secret = secrets["Microsoft Entra's"];

const branding = { logoUrl: "https://acme.example/logo.svg", primaryColor: "#b3261e", backgroundColor: "#fffbff" };
const machine = { scopes: ["read:bookings"], rotation: 2, authentication: "secret" };

/** Entries that have every key there is: what all have in the first, and of each strategy its own. */
const every = {
  "its own": {
    ...customer,
    state: "live",
    stage: "lead",
    branding,
    guests: ["users"],
    subdomains: ["acme"],
    apps: ["main"],
    memberRoles: ["owner"],
    mfa: "required",
    breakGlass: "somebody@acme.example",
    limits: { members: 3, credentials: 2 },
    machines: { machine, keyed: { ...machine, authentication: "private_key_jwt", publicKeys: ["none"] } },
  },
  ...entries,
};

test.each(Object.entries(every))(
  "in an entry with every key of %s, a generated secret is quoted from no place",
  (_, entry) => {
    const places = placesIn(entry);
    const changed = places.flatMap((place) => [
      withAt(entry, place, () => secret),
      withAt(entry, place, (there) => (isMap(there) ? { ...there, [secret]: "x" } : { [secret]: "x" })),
    ]);
    const lines = changed.flatMap((one) => entryFaults(one));
    expect(lines.length).toBeGreaterThan(places.length);
    expect(lines.filter((line) => line.includes(secret.slice(0, 8)))).toEqual([]);
  },
);
