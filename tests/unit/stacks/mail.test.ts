import { expect, test } from "vitest";
import { config, faults, liveConfig, load, mailSecrets, ses, smtp } from "./project.ts";

const { "mail-password": password, "mail-key-id": keyId, "mail-key": key } = mailSecrets;
const forSmtp = { "mail-password": password };
const forSes = { "mail-key-id": keyId, "mail-key": key };
const { mail: _, "mail-password": __, ...withoutMail } = liveConfig;

const secretRule = "allowed: an object with config and nothing else";
const hostRule = "allowed: a host name in lower case such as smtp.example.com";
const portRule = "allowed: a port from 1 to 65535 such as 587";
const userRule = "allowed: 1 to 255 ASCII characters without space";

const single: [mail: unknown, secrets: object, line: string][] = [
  ["smtp", {}, "mail: this string cannot be used; allowed: an object with provider: smtp or ses"],
  [[smtp], forSmtp, "mail: a list cannot be used; allowed: an object with provider: smtp or ses"],
  [[], {}, "mail: a list cannot be used; allowed: an object with provider: smtp or ses"],
  [{ from: smtp.from }, {}, "mail.provider: missing; allowed: smtp, ses"],
  [{ ...smtp, provider: "sendgrid" }, forSmtp, 'mail.provider: "sendgrid" cannot be used; allowed: smtp, ses'],
  [{ ...smtp, provider: null }, forSmtp, "mail.provider: nothing cannot be used; allowed: smtp, ses"],
  [{ ...smtp, host: "localhost" }, forSmtp, `mail.host: this string cannot be used; ${hostRule}`],
  [{ ...smtp, host: "smtp.travel.example:587" }, forSmtp, `mail.host: this string cannot be used; ${hostRule}`],
  [{ ...smtp, host: undefined }, forSmtp, `mail.host: missing; ${hostRule}`],
  [{ ...smtp, port: "587" }, forSmtp, `mail.port: this string cannot be used; ${portRule}`],
  [{ ...smtp, port: 0 }, forSmtp, `mail.port: this number cannot be used; ${portRule}`],
  [{ ...smtp, port: 65_536 }, forSmtp, `mail.port: this number cannot be used; ${portRule}`],
  [{ ...smtp, port: 25.5 }, forSmtp, `mail.port: this number cannot be used; ${portRule}`],
  [{ ...smtp, port: 1e300 }, forSmtp, `mail.port: this number cannot be used; ${portRule}`],
  [{ ...smtp, port: undefined }, forSmtp, `mail.port: missing; ${portRule}`],
  [{ ...smtp, user: "" }, forSmtp, `mail.user: this string cannot be used; ${userRule}`],
  [{ ...smtp, user: "a user" }, forSmtp, `mail.user: this string cannot be used; ${userRule}`],
  [{ ...smtp, password: "hunter2" }, {}, `mail.password: this string cannot be used; ${secretRule}`],
  [{ ...smtp, password: undefined }, {}, `mail.password: missing; ${secretRule}`],
  [
    { ...smtp, password: { value: "hunter2", config: "mail-password" } },
    forSmtp,
    `mail.password: an object cannot be used; ${secretRule}`,
  ],
  [
    { ...smtp, from: "Travel <no-reply@travel.example>" },
    forSmtp,
    "mail.from: this string cannot be used; allowed: an e-mail address",
  ],
  [{ ...smtp, from: undefined }, forSmtp, "mail.from: missing; allowed: an e-mail address"],
  [
    { ...smtp, replyTo: "x" },
    forSmtp,
    "mail: unknown key replyTo; allowed: provider, host, port, user, password, from",
  ],
  [
    { ...ses, region: "Frankfurt" },
    forSes,
    "mail.region: this string cannot be used; allowed: an AWS region such as eu-central-1",
  ],
  [
    { ...ses, accessKeyId: "AKIAHUNTER2" },
    { "mail-key": key },
    `mail.accessKeyId: this string cannot be used; ${secretRule}`,
  ],
  [{ ...ses, secretAccessKey: undefined }, { "mail-key-id": keyId }, `mail.secretAccessKey: missing; ${secretRule}`],
  [
    { ...ses, host: "smtp.travel.example" },
    forSes,
    "mail: unknown key host; allowed: provider, region, accessKeyId, secretAccessKey, from",
  ],
];

test.each(single)("mail %j is refused", (mail, secrets, line) => {
  expect(faults({ config: { ...config, ...secrets, mail } })).toEqual([
    "Stack local cannot be used as it is set: 1 fault. Nothing was changed.",
    `✖ Pulumi.local.yaml: ${line}`,
  ]);
});

const missing =
  "mail: missing; allowed: an object with provider: smtp or ses, since people sign up by themselves here and get mail";

test.each(["dev", "staging", "prod"])("stack %s needs someone who sends mail", (stack) => {
  const lines = [
    `Stack ${stack} cannot be used as it is set: 1 fault. Nothing was changed.`,
    `✖ Pulumi.${stack}.yaml: ${missing}`,
  ];
  expect(faults({ config: withoutMail, stack })).toEqual(lines);
  expect(faults({ config: { ...withoutMail, mail: {} }, stack })).toEqual(lines);
});

test("on a developer's machine nobody has to send mail, and the default of the project file counts as nobody", () => {
  expect(load({ config }).mail).toBeUndefined();
  expect(load({ config: { ...config, mail: {} } }).mail).toBeUndefined();
});

test("that mail is missing is said beside other faults", () => {
  expect(faults({ config: { ...withoutMail, supportEmail: "x" }, stack: "dev" }).slice(1)).toEqual([
    '✖ Pulumi.dev.yaml: supportEmail: "x" cannot be used; allowed: an e-mail address',
    `✖ Pulumi.dev.yaml: ${missing}`,
  ]);
});

test("mail with an unknown provider is checked as far as every provider goes", () => {
  expect(faults({ config: { ...config, mail: { provider: "post", from: "x" } } }).slice(1)).toEqual([
    '✖ Pulumi.local.yaml: mail.provider: "post" cannot be used; allowed: smtp, ses',
    "✖ Pulumi.local.yaml: mail.from: this string cannot be used; allowed: an e-mail address",
  ]);
});
