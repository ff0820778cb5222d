import { domainToASCII } from "node:url";
import { googleApps } from "../strategies.ts";
import { acme, company, domains, type Faulty } from "./case.ts";

const puny = domainToASCII;

/** "oceh" reads the same in Latin letters. */
const cyrillic = puny("осеһ.example");

/** Domains that are no company's own, or that a reader takes for another company's. */
export const domainNames: Faulty[] = [
  {
    title: "a public suffix",
    files: domains("co.uk"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: co.uk is a public suffix, below which anybody has names; allowed: the company's own domain, such as acme.co.uk",
    ],
  },
  {
    title: "a public suffix of one label more",
    files: domains("acme.example", "city.kawasaki.jp", "kawasaki.jp"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[2]: kawasaki.jp is a public suffix, below which anybody has names; allowed: the company's own domain, such as acme.kawasaki.jp",
    ],
  },
  {
    title: "a suffix under which a host lets names",
    files: domains("github.io"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: github.io is a public suffix, below which anybody has names; allowed: the company's own domain, such as acme.github.io",
    ],
  },
  {
    title: "a public suffix in another script",
    files: domains("xn--55qx5d.cn"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: xn--55qx5d.cn is a public suffix, below which anybody has names; allowed: the company's own domain, such as acme.xn--55qx5d.cn",
    ],
  },
  {
    title: "Google's public mail",
    files: domains("acme.example", "gmail.com"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[1]: gmail.com is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone",
    ],
  },
  {
    title: "Microsoft's public mail",
    files: domains("outlook.com"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: outlook.com is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone",
    ],
  },
  {
    title: "the root of Microsoft's tenants",
    files: domains("onmicrosoft.com"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: onmicrosoft.com is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone",
    ],
  },
  {
    title: "public mail as a Workspace",
    files: acme({ connections: { "acme-sso": { ...googleApps, domain: "gmail.com", domains: ["gmail.com"] } } }),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: gmail.com is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone",
    ],
  },
  {
    title: "public mail that the company keeps by itself",
    files: acme({ connections: { "acme-sso": { owner: "self-service", domains: ["web.de"] } } }),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: web.de is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone",
    ],
  },
  {
    title: "a domain in its own letters",
    files: domains("bücher.example"),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: "bücher.example" cannot be used; allowed: xn--bcher-kva.example, which is the same in punycode',
    ],
  },
  {
    title: "a domain in capitals of its own letters",
    files: domains("BÜCHER.example"),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: "BÜCHER.example" cannot be used; allowed: xn--bcher-kva.example, which is the same in punycode',
    ],
  },
  {
    title: "punycode that stands for nothing",
    files: domains("xn--a.example"),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: "xn--a.example" cannot be used; allowed: a domain in lower case such as example.com (punycode for other scripts)',
    ],
  },
  {
    title: "letters of two scripts in one label",
    files: domains(puny("аcme.example")),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: xn--cme-5cd.example reads "аcme.example", whose "аcme" mixes Latin and Cyrillic letters; allowed: letters of one script in each label',
    ],
  },
  {
    title: "Cherokee among Latin letters",
    files: domains(puny("Ꮡcme.example")),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: xn--cme-ffq.example reads "Ꮡcme.example", whose "Ꮡcme" mixes Latin and other letters; allowed: letters of one script in each label',
    ],
  },
  {
    title: "another company's domain in capitals, which is said once",
    files: { ...company("acme", ["acme.example"]), ...company("rival", ["ACME.example"]) },
    lines: [
      'rival.yaml: connections.rival-sso.domains[0]: "ACME.example" cannot be used; allowed: a domain in lower case such as example.com (punycode for other scripts)',
    ],
  },
  {
    title: "Greek among Latin letters",
    files: domains(puny("αcme.example")),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: xn--cme-nxc.example reads "αcme.example", whose "αcme" mixes Latin and Greek letters; allowed: letters of one script in each label',
    ],
  },
  {
    title: "another company's domain in Cyrillic letters",
    files: { ...company("oceh", ["oceh.example"]), ...company("rival", [cyrillic]) },
    lines: [
      'rival.yaml: connections.rival-sso.domains[0]: xn--e1arj30c.example reads "осеһ.example", which looks like oceh.example of oceh (stacks/local/customers/oceh.yaml); allowed: a domain that nobody takes for another company\'s',
    ],
  },
  {
    title: "the same, where the other company comes after it",
    files: { ...company("aaa", [cyrillic]), ...company("oceh", ["oceh.example"]) },
    lines: [
      'aaa.yaml: connections.aaa-sso.domains[0]: xn--e1arj30c.example reads "осеһ.example", which looks like oceh.example of oceh (stacks/local/customers/oceh.yaml); allowed: a domain that nobody takes for another company\'s',
    ],
  },
  {
    title: "two faults of one list",
    files: domains("co.uk", "acme.example", "gmx.de"),
    lines: [
      "acme.yaml: connections.acme-sso.domains[0]: co.uk is a public suffix, below which anybody has names; allowed: the company's own domain, such as acme.co.uk",
      "acme.yaml: connections.acme-sso.domains[2]: gmx.de is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone",
    ],
  },
];
