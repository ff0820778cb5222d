import { expect, test } from "vitest";
import { connectionSettings } from "../../../stacks/connection-settings.ts";
import { config, customer, load, oidc, secret } from "./project.ts";
import { database } from "./strategies.ts";

const ids = { main: "m", "main-personal": "p", portal: "a", "vendor-catering": "c", "vendor-rental": "r" };
const one = { "acme-sso": oidc };
const two = { ...one, "acme-new": { ...oidc, domains: ["new.example"] } };

const texts: [title: string, entry: object, texts: Record<string, string>][] = [
  ["one connection says the company", { connections: one }, { "acme-sso": "Acme" }],
  [
    "of several, each says its own name too",
    { connections: two },
    { "acme-sso": "Acme (acme-sso)", "acme-new": "Acme (acme-new)" },
  ],
  [
    "what the entry says stands",
    { connections: { ...two, "acme-sso": { ...oidc, displayName: "Acme – Köln" } } },
    { "acme-sso": "Acme – Köln", "acme-new": "Acme (acme-new)" },
  ],
  [
    "a name of 128 characters fits",
    { displayName: "\u{1f6e9}".repeat(128), connections: one },
    { "acme-sso": "\u{1f6e9}".repeat(128) },
  ],
  [
    "one more does not: the connection's name does",
    { displayName: "é".repeat(129), connections: one },
    { "acme-sso": "acme-sso" },
  ],
  ["a database has no button", { connections: { "acme-people": database } }, {}],
];

test.each(texts)("%s", (_, change, expected) => {
  const entry = { ...customer, ...change };
  const set = JSON.stringify(entry).includes("acme-secret") ? secret : {};
  const settings = load({ config: { ...config, ...set }, files: { "acme.yaml": entry } });
  const shown = settings.companies.flatMap(({ entry }) =>
    Object.entries(connectionSettings(entry, settings, ids)).flatMap(([name, made]) =>
      "displayName" in made ? [[name, made.displayName]] : [],
    ),
  );
  expect(Object.fromEntries(shown)).toEqual(expected);
});
