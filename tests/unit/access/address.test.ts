import fc from "fast-check";
import { expect, test } from "vitest";
import { addressesOf, domainOf, normalDomain } from "../../../access/address.ts";

const long = (length: number) => "a".repeat(length);

test.each<[unknown, string | undefined]>([
  ["ann@acme.example", "acme.example"],
  ["ann.o'neil+tag@mail.acme.example", "mail.acme.example"],
  ["Ann@ACME.Example", "acme.example"],
  ["ann@acme.example.", "acme.example"],
  ["ann@acme.example。", "acme.example"],
  ["ann@acme.example..", undefined],
  ["ann@bücher.example", "xn--bcher-kva.example"],
  ["ann@BÜCHER.example", "xn--bcher-kva.example"],
  ["ann@xn--bcher-kva.example", "xn--bcher-kva.example"],
  ["ann@faß.example", "xn--fa-hia.example"],
  ["ann@ａｃｍｅ．example", "acme.example"],
  ["ann@ac\u00adme.example", "acme.example"],
  ["änn@acme.example", "acme.example"],
  ["ann@a1.2b.example", "a1.2b.example"],
  [`ann@${long(63)}.example`, `${long(63)}.example`],
  [`ann@${long(64)}.example`, undefined],
  [`ann@a.${long(63)}`, `a.${long(63)}`],
  [`ann@a.${long(64)}`, undefined],
  [`ann@${`${long(62)}.`.repeat(4)}x`, `${`${long(62)}.`.repeat(4)}x`],
  [`ann@${`${long(62)}.`.repeat(4)}xx`, undefined],
  ["", undefined],
  ["ann", undefined],
  ["@acme.example", undefined],
  ["ann@", undefined],
  ["ann@acme", undefined],
  ["ann@@acme.example", undefined],
  ["ann@rival.example@acme.example", undefined],
  ["a nn@acme.example", undefined],
  ["a\u00a0nn@acme.example", undefined],
  ["a\u0000nn@acme.example", undefined],
  ["ann\u007f@acme.example", undefined],
  [" ann@acme.example", undefined],
  ["ann@ acme.example", undefined],
  ["ann@acme.example ", undefined],
  ["ann@acme.example\n", undefined],
  ["ann@ac\nme.example", undefined],
  ["ann@acme.example/x", undefined],
  ["ann@acme.example?x", undefined],
  ["ann@acme.example#x", undefined],
  ["ann@acme.example\\x", undefined],
  ["ann@acme.example:25", undefined],
  ["ann@%61cme.example", undefined],
  ["ann@％61cme.example", undefined],
  ["ann@acme.example／x", undefined],
  ["ann@.acme.example", undefined],
  ["ann@acme..example", undefined],
  ["ann@-acme.example", undefined],
  ["ann@acme-.example", undefined],
  ["ann@acme.-example", undefined],
  ["ann@acme.example-", undefined],
  ["ann@ac_me.example", undefined],
  ["ann@127.0.0.1", undefined],
  ["ann@1.2", undefined],
  ["ann@0x7f.1", undefined],
  ["ann@1.300", undefined],
  ["ann@acme.1b", "acme.1b"],
  ["ann@[127.0.0.1]", undefined],
  ["ann@\ud800.example", undefined],
  [undefined, undefined],
  [null, undefined],
  [7, undefined],
  [["ann@acme.example"], undefined],
  [{ toString: () => "ann@acme.example" }, undefined],
])("the domain of %j is %j", (address, domain) => {
  expect(domainOf(address)).toBe(domain);
});

test("a domain is what is found behind any local part, in any case, with a dot at its end or not", () => {
  const domain = fc.domain().map((text) => text.toLowerCase());
  const local = fc.string({ minLength: 1 }).filter((text) => !/[@\s\p{Cc}]/u.test(text));
  const dot = fc.constantFrom("", ".", "。");
  fc.assert(
    fc.property(domain, local, dot, fc.boolean(), (wanted, name, end, upper) => {
      expect(domainOf(`${name}@${upper ? wanted.toUpperCase() : wanted}${end}`)).toBe(wanted);
    }),
    { numRuns: 300 },
  );
});

test("whatever stands behind the sign, a domain is a host name in the form in which it is found again", () => {
  const part = fc.oneof(fc.string({ unit: "binary" }), fc.domain(), fc.constantFrom("ß", "İ", "。", "xn--", "K"));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const domain = domainOf(`ann@${parts.join("")}`);
      if (domain === undefined) return;
      expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      expect(normalDomain(domain)).toBe(domain);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, unknown, ReturnType<typeof addressesOf>]>([
  ["nobody", undefined, { root: undefined, others: [] }],
  ["a person without identities", { email: "a@b.example" }, { root: "b.example", others: [] }],
  ["null identities", { email: "a@b.example", identities: null }, { root: "b.example", others: [] }],
  ["a damaged root", { email: "a@b", identities: [] }, { root: undefined, others: [] }],
  ["an identity without a profile", { identities: [{}, { profileData: null }] }, { root: undefined, others: [] }],
  [
    "identities without an address",
    { identities: [{ profileData: {} }, { profileData: { email: null } }] },
    { root: undefined, others: [] },
  ],
  [
    "identities with addresses",
    { identities: [{ profileData: { email: "a@B.example" } }, {}, { profileData: { email: "a@c.example" } }] },
    { root: undefined, others: ["b.example", "c.example"] },
  ],
  [
    "damaged addresses",
    { identities: [{ profileData: { email: "" } }, { profileData: { email: 1 } }] },
    { root: undefined, others: [undefined, undefined] },
  ],
  ["a damaged profile", { identities: [{ profileData: "x" }] }, { root: undefined, others: [undefined] }],
  ["damaged identities", { identities: ["x", null] }, { root: undefined, others: [undefined, undefined] }],
  ["identities that are no list", { identities: {} }, { root: undefined, others: [undefined] }],
])("the addresses of %s", (_, user, addresses) => {
  expect(addressesOf(user)).toEqual(addresses);
});
