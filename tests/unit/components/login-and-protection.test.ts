import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { declare } from "../../../cli/declared/declare.ts";
import { AttackProtection } from "../../../components/tenant/attack-protection.ts";
import { Mail } from "../../../components/tenant/mail.ts";

const inputsOf = async (program: () => unknown, type: string) =>
  (await declare(program))
    .filter((one) => one.type.startsWith("auth0:") && one.type.endsWith(`:${type}`))
    .map(({ inputs }) => inputs);

test("every protection answers: none only watches, and bot detection is written only where the plan has it", async () => {
  const written = async (botDetection: boolean) =>
    (await inputsOf(() => new AttackProtection("ap", { botDetection }), "AttackProtection"))[0];
  const without = await written(false);
  expect(without).toEqual({
    bruteForceProtection: {
      enabled: true,
      mode: "count_per_identifier_and_ip",
      maxAttempts: 10,
      shields: ["block", "user_notification"],
    },
    suspiciousIpThrottling: {
      enabled: true,
      shields: ["block", "admin_notification"],
      preLogin: { maxAttempts: 100, rate: 864_000 },
      preUserRegistration: { maxAttempts: 50, rate: 1_200 },
    },
    breachedPasswordDetection: {
      enabled: true,
      method: "standard",
      shields: ["block", "user_notification", "admin_notification"],
      adminNotificationFrequencies: ["daily"],
      preUserRegistration: { shields: ["block"] },
      preChangePassword: { shields: ["block"] },
    },
  });
  expect(await written(true)).toEqual({
    ...without,
    botDetection: {
      botDetectionLevel: "medium",
      challengePasswordPolicy: "when_risky",
      challengePasswordlessPolicy: "when_risky",
      challengePasswordResetPolicy: "when_risky",
      monitoringModeEnabled: false,
    },
  });
});

const smtp = () => ({
  provider: "smtp" as const,
  host: "smtp.example",
  port: 587,
  user: "sender",
  password: pulumi.secret("hush"),
  from: "no-reply@a.example",
});

test("mail is sent by the operator's own provider, whose credentials are secret", async () => {
  const [byServer] = await inputsOf(() => new Mail("mail", { sender: smtp() }), "EmailProvider");
  expect(pulumi.runtime.isRpcSecret(byServer?.credentials)).toBe(true);
  expect({ ...byServer, credentials: pulumi.runtime.unwrapRpcSecret(byServer?.credentials) }).toEqual({
    name: "smtp",
    enabled: true,
    defaultFromAddress: "no-reply@a.example",
    credentials: { smtpHost: "smtp.example", smtpPort: 587, smtpUser: "sender", smtpPass: "hush" },
  });
  const [bySes] = await inputsOf(() => {
    const [accessKeyId, secretAccessKey] = [pulumi.secret("id"), pulumi.secret("key")];
    const sender = {
      provider: "ses" as const,
      region: "eu-central-1",
      accessKeyId,
      secretAccessKey,
      from: "a@a.example",
    };
    new Mail("mail", { sender });
  }, "EmailProvider");
  expect({ ...bySes, credentials: pulumi.runtime.unwrapRpcSecret(bySes?.credentials) }).toEqual({
    name: "ses",
    enabled: true,
    defaultFromAddress: "a@a.example",
    credentials: { region: "eu-central-1", accessKeyId: "id", secretAccessKey: "key" },
  });
});

test("three mails are the operator's own: confirmation, new password, invitation, each with a link that ends", async () => {
  const mails = await inputsOf(() => new Mail("mail", { sender: smtp() }), "EmailTemplate");
  expect(mails.map(({ template, subject, urlLifetimeInSeconds }) => [template, subject, urlLifetimeInSeconds])).toEqual(
    [
      ["verify_email", "Confirm your e-mail address", 432_000],
      ["reset_email", "Choose a new password", 3_600],
      ["user_invitation", "Your invitation to {{ organization.display_name }}", 604_800],
    ],
  );
  for (const mail of mails) {
    expect(mail).toMatchObject({
      enabled: true,
      from: "no-reply@a.example",
      syntax: "liquid",
      includeEmailInRedirect: false,
    });
    expect(mail.body).toContain('<a href="{{ url }}">');
    expect(mail.body).not.toMatch(/user\./); // a stranger chooses what a profile says
  }
});
