import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { enterpriseRefusal, personalRefusal } from "../../../access/address-rules.ts";
import { bytesPerDomain, hashOf, isClaimed, readClaimed, writeClaimed } from "../../../access/claimed-domains.ts";

test.each([
  ["acme.example", "VGZ8x74"],
  ["acme.test", "hrMYOY8"],
  ["xn--bcher-kva.example", "lwymtz4"],
])("the hash of %s is %s", (domain, hash) => {
  expect(hashOf(domain)).toBe(hash);
});

test("a set is written sorted, each domain once, one a line", () => {
  const domains = ["acme.test", "rival.example", "acme.example", "acme.test"];
  const lines = ["acme.test", "rival.example", "acme.example"].map(hashOf).sort();
  expect(writeClaimed(domains)).toBe(`${lines.join("\n")}\n`);
  expect(writeClaimed([...domains].reverse())).toBe(writeClaimed(domains));
  expect(writeClaimed([])).toBe("");
  expect(writeClaimed(["acme.test"])).toHaveLength(bytesPerDomain);
});

test("a text is read whatever lines are empty", () => {
  expect(readClaimed("\nabcdefg\n\nhijklmn\n")).toEqual(new Set(["abcdefg", "hijklmn"]));
  expect(readClaimed("")).toEqual(new Set());
});

test.each(["Acme.example", "acme.example.", "bücher.example", "acme", "a@acme.example", ""])(
  "%j is not normalised, and would never be met",
  (domain) => {
    const fault = `claimed domain ${JSON.stringify(domain)} is not normalised`;
    expect(() => writeClaimed(["acme.test", domain])).toThrow(new Error(fault));
  },
);

test("a set of 10,000 domains has each of them and none of 10,000 others", () => {
  const digest = (n: number) => createHash("md5").update(String(n)).digest("hex");
  const domains = Array.from({ length: 20_000 }, (_, n) => `${digest(n).slice(0, 1 + (n % 30))}-${n}.example`);
  const claimed = readClaimed(writeClaimed(domains.slice(0, 10_000)));
  expect(claimed.size).toBe(10_000);
  expect(domains.map((domain) => isClaimed(claimed, domain))).toEqual(domains.map((_, n) => n < 10_000));
});

test("what is claimed is met, and a domain above or below it is not", () => {
  const domain = fc.domain().map((text) => text.toLowerCase());
  fc.assert(
    fc.property(fc.array(domain, { minLength: 1 }), (domains) => {
      const claimed = readClaimed(writeClaimed(domains));
      for (const one of domains) {
        expect(isClaimed(claimed, one)).toBe(true);
        expect(isClaimed(claimed, `sub.${one}`)).toBe(domains.includes(`sub.${one}`));
      }
    }),
  );
});

describe("rules for addresses", () => {
  const claimed = readClaimed(writeClaimed(["acme.example", "acme.test", "rival.example"]));
  const own = { slug: "acme", domains: ["acme.example", "acme.test"] };
  const addresses = (root: string | undefined, ...others: (string | undefined)[]) => ({ root, others });

  test.each([
    [addresses("home.example"), undefined],
    [addresses("home.example", "else.example"), undefined],
    [addresses("acme.example"), "sso_required"],
    [addresses("home.example", "else.example", "rival.example"), "sso_required"],
    [addresses("mail.acme.example"), undefined],
    [addresses(undefined), "unverified_email"],
    [addresses("home.example", undefined), "unverified_email"],
    [addresses("acme.example", undefined), "unverified_email"],
    [addresses(undefined, "acme.example"), "unverified_email"],
  ])("a person with %j is answered %s", (given, code) => {
    expect(personalRefusal(claimed, given)?.code).toBe(code);
  });

  test.each([
    [addresses("acme.example"), undefined],
    [addresses("acme.test", "acme.example", "home.example"), undefined],
    [addresses("home.example"), "domain_mismatch"],
    [addresses("rival.example"), "domain_mismatch"],
    [addresses("mail.acme.example"), "domain_mismatch"],
    [addresses(undefined), "domain_mismatch"],
    [addresses("acme.example", undefined), "domain_mismatch"],
    [addresses("acme.example", "home.example", "rival.example"), "domain_mismatch"],
    [addresses("home.example", "acme.example"), "domain_mismatch"],
  ])("an employee with %j is answered %s", (given, code) => {
    expect(enterpriseRefusal(claimed, own, given)?.code).toBe(code);
  });
});
