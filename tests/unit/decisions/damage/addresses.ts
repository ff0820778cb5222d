import { claimedDomains } from "../dimensions.ts";
import { colleague, individual, member, metadataOf, type Row } from "./logins.ts";

const text = (value: unknown) => JSON.stringify(value) ?? "missing";

/** Addresses of nobody's domain, but for the damage. */
const unreadable: readonly unknown[] = [
  ...[undefined, null, 7, true, {}, ["ann@home.example"]],
  ...["", "ann", "ann@", "@home.example", "@", "home.example"],
  ...["ann@bob@home.example", "ann@acme.test@home.example", "ann@@home.example", '"ann@x"@home.example'],
  ...["ann@localhost", "ann@example.", "ann@.example", "ann@home..example", "ann@home.example..", "ann@."],
  ...["an n@home.example", " ann@home.example", "\tann@home.example", "ann\n@home.example", "ann\u0000@home.example"],
  ...["ann\u007f@home.example", "ann @home.example"],
  ...["ann@home .example", "ann@ home.example", "ann@home.example ", "ann@home.example\n", "ann@ho\tme.example"],
  // Node's domainToASCII alone would cut these to a host name
  ...["ann@home.example/x", "ann@home.example?x", "ann@home.example#x", "ann@home.example\\x", "ann@home%2eexample"],
  ...["ann@home.example:80", "ann@[::1]", "ann@home.example,bob", "ann@<home.example>", "ann@ho*me.example"],
];

/** Ways to write an address at `acme.test`. */
const atAcme = [
  ...["ann@acme.test", "ANN@ACME.TEST", "ann@Acme.Test", "ann@acme.test.", "ann@ACME.TEST."],
  ...[
    "ann@ａｃｍｅ.test",
    "ann@ＡＣＭＥ.test",
    "ann@acme。test",
    "ann@ac\u00adme.test",
    "ann+globex.example@acme.test",
  ],
];

/** Not `acme.test`, though near: only the same domain is claimed. */
const nearAcme = [
  ...["ann@mail.acme.test", "ann@test.acme", "ann@xacme.test", "ann@acme.test.example", "ann@acme-test.example"],
  ...["acme.test@home.example", "ann@аcme.test"],
];

export const addresses: readonly Row[] = [
  // The address of the person
  ...unreadable.map((email) => ({
    title: `an individual with the address ${text(email)}`,
    event: individual({ user: { email } }),
    outcome: "unverified_email",
  })),
  ...unreadable.map((email) => ({
    title: `a colleague with the address ${text(email)}`,
    event: colleague({ user: { email } }),
    outcome: "domain_mismatch",
  })),
  ...atAcme.map((email) => ({
    title: `an individual with the address ${text(email)}, which Acme claims`,
    event: individual({ user: { email } }),
    outcome: "sso_required",
  })),
  ...atAcme.map((email) => ({
    title: `a colleague with the address ${text(email)}, which is Acme's`,
    event: colleague({ user: { email } }),
    outcome: "admitted",
  })),
  ...nearAcme.map((email) => ({
    title: `an individual with the address ${text(email)}, which nobody claims`,
    event: individual({ user: { email } }),
    outcome: "admitted",
  })),
  ...nearAcme.map((email) => ({
    title: `a colleague with the address ${text(email)}, which is not Acme's`,
    event: colleague({ user: { email } }),
    outcome: "domain_mismatch",
  })),
  {
    title: "a member's damaged address at the portal, without its condition",
    event: member({ user: { email: "ann" } }, { app: "portal", apiAccess: "off" }),
    outcome: "unverified_email",
  },

  // A domain in Unicode and in ASCII is the same
  ...["ann@bücher.example", "ann@BÜCHER.example", "ann@xn--bcher-kva.example", "ann@XN--BCHER-KVA.example."].flatMap(
    (email) => [
      {
        title: `an individual with the address ${text(email)}, which is claimed`,
        event: individual({ user: { email } }),
        outcome: "sso_required",
      },
      {
        title: `a colleague with the address ${text(email)}, which is the connection's`,
        event: colleague({
          user: { email },
          connection: { metadata: metadataOf(colleague(), "connection", { domains: claimedDomains.join(",") }) },
        }),
        outcome: "admitted",
      },
    ],
  ),

  // Verified is `true` alone, and asked of members
  ...[undefined, null, "true", 1, false, {}].flatMap((email_verified) => [
    {
      title: `a member with email_verified ${text(email_verified)}`,
      event: member({ user: { email_verified } }),
      outcome: "unverified_email",
    },
    {
      title: `an individual with email_verified ${text(email_verified)}`,
      event: individual({ user: { email_verified } }),
      outcome: "admitted",
    },
    {
      title: `a colleague with email_verified ${text(email_verified)}`,
      event: colleague({ user: { email_verified } }),
      outcome: "admitted",
    },
  ]),
];
