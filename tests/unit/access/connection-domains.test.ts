import fc from "fast-check";
import { expect, test } from "vitest";
import {
  domainsOverflow,
  readDomains,
  readOwner,
  writeDomains,
  writeOwner,
} from "../../../access/connection-domains.ts";

/** Domains of 63 characters, so that four of them, with their commas, fill a value of 255 exactly. */
const wide = (count: number) =>
  Array.from({ length: count }, (_, n) => `${String(n).padStart(4, "d")}${"x".repeat(51)}.example`);

test("domains are written sorted, each once, beside the slug", () => {
  expect(writeDomains("acme-2", ["acme.test", "acme.example", "acme.test"])).toEqual({
    slug: "acme-2",
    domains: "acme.example,acme.test",
  });
});

test("a value holds 255 characters, and the next key goes on", () => {
  const [a, b, c, d, e] = [...wide(5)].sort();
  expect(writeDomains("acme", wide(4))).toEqual({ slug: "acme", domains: [a, b, c, d].join(",") });
  expect(`${a},${b},${c},${d}`).toHaveLength(255);
  expect(writeDomains("acme", wide(5))).toEqual({ slug: "acme", domains: [a, b, c, d].join(","), domains_2: e });
});

test("nine values are all that fit, and what does not is named", () => {
  const written = writeDomains("acme", wide(36));
  const keys = ["slug", "domains", ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `domains_${n}`)];
  expect(Object.keys(written)).toEqual(keys);
  expect(readDomains(written)).toEqual({ slug: "acme", domains: [...wide(36)].sort() });
  expect(domainsOverflow(wide(36))).toEqual([]);
  expect(domainsOverflow(wide(38))).toEqual([...wide(38)].sort().slice(36));
  const fault = "connection acme has 2 domains more than its metadata holds";
  expect(() => writeDomains("acme", wide(38))).toThrow(new Error(fault));
});

test.each<[string, string, string[], string]>([
  ["an empty slug", "", ["a.example"], 'connection slug "" is not of lower-case words, 50 characters at most'],
  [
    "a slug in capitals",
    "Acme",
    ["a.example"],
    'connection slug "Acme" is not of lower-case words, 50 characters at most',
  ],
  ["no domain", "acme", [], "connection acme has no domain of its own"],
  [
    "a domain in capitals",
    "acme",
    ["a.example", "B.example"],
    'domain "B.example" of connection acme is not normalised',
  ],
])("%s cannot be written", (_, slug, domains, fault) => {
  expect(() => writeDomains(slug, domains)).toThrow(new Error(fault));
});

test("what is written is read back, whatever the domains", () => {
  const domain = fc.domain().map((text) => text.toLowerCase());
  const slug = fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,4}$/);
  let several = 0;
  fc.assert(
    fc.property(slug, fc.uniqueArray(domain, { minLength: 1, maxLength: 60, size: "max" }), (name, domains) => {
      if (domainsOverflow(domains).length > 0) {
        expect(() => writeDomains(name, domains)).toThrow(/more than its metadata holds$/);
        return;
      }
      const written = writeDomains(name, domains);
      several += Object.keys(written).length > 2 ? 1 : 0;
      expect(readDomains(written)).toEqual({ slug: name, domains: [...domains].sort() });
      for (const value of Object.values(written)) expect(value.length).toBeLessThanOrEqual(255);
    }),
    { numRuns: 200 },
  );
  expect(several).toBeGreaterThan(20);
});

const good = { slug: "acme", domains: "acme.example,acme.test", domains_2: "acme.travel" };
const beside = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`note_${n}`, ""]));

test("the values are read in order, and other keys are nobody's business", () => {
  const domains = ["acme.example", "acme.test", "acme.travel"];
  expect(readDomains(good)).toEqual({ slug: "acme", domains });
  expect(readDomains({ domains_2: good.domains_2, ...beside, domains: good.domains, slug: "acme" })).toEqual({
    slug: "acme",
    domains,
  });
  expect(readDomains({ ...good, slug: "a".repeat(50) })?.slug).toHaveLength(50);
  expect(readDomains({ slug: "1-a-2", domains: "a.example" })).toEqual({ slug: "1-a-2", domains: ["a.example"] });
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["a text", "acme"],
  ["a list", ["acme"]],
  ["no slug", { domains: good.domains }],
  ["an empty slug", { ...good, slug: "" }],
  ["a slug in capitals", { ...good, slug: "Acme" }],
  ["a slug that begins with a dash", { ...good, slug: "-acme" }],
  ["a slug that ends with a dash", { ...good, slug: "acme-" }],
  ["a slug with two dashes", { ...good, slug: "ac--me" }],
  ["a slug of 51 characters", { ...good, slug: "a".repeat(51) }],
  ["no domains", { slug: "acme" }],
  ["a second key without the first", { slug: "acme", domains_2: "acme.example" }],
  ["a third key without the second", { slug: "acme", domains: "acme.example", domains_3: "acme.test" }],
  ["a tenth key", { slug: "acme", domains: "acme.example", domains_10: "acme.test" }],
  ["a first key by its number", { slug: "acme", domains: "acme.example", domains_1: "acme.test" }],
  ["a value that is no text", { ...good, domains_2: ["acme.example"] }],
  ["another value that is no text", { ...good, note: 1 }],
  ["a value of 256 characters", { ...good, note: "x".repeat(256) }],
  ["an empty value", { ...good, domains_2: "" }],
  ["an empty item", { ...good, domains: "acme.example," }],
  ["an item in capitals", { ...good, domains: "Acme.example" }],
  ["an item with a space", { ...good, domains: "acme.example, acme.test" }],
  ["an item that is no domain", { ...good, domains: "acme" }],
  ["eleven keys", { ...good, ...beside, more: "" }],
])("metadata with %s is damaged", (_, metadata) => {
  expect(readDomains(metadata)).toBeUndefined();
});

test("a database says whose it is by its slug alone, and one that says nothing is anybody's", () => {
  expect(writeOwner("acme-2")).toEqual({ slug: "acme-2" });
  expect(readOwner(writeOwner("acme-2"))).toBe("acme-2");
  for (const nobody of [undefined, null, "acme", [], {}, { slug: null }, { domains: "acme.example" }]) {
    expect(readOwner(nobody)).toBeUndefined();
  }
  for (const slug of ["", "Acme", "a".repeat(51), 7, ["acme"]]) {
    expect(readOwner({ slug })).toBe("");
  }
  const fault = 'connection slug "Acme" is not of lower-case words, 50 characters at most';
  expect(() => writeOwner("Acme")).toThrow(new Error(fault));
});
