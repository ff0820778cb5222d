import { config, liveConfig } from "./project.ts";

export const account = "123456789012";
export const roleOf = (name: string, of = account) => `arn:aws:iam::${of}:role/${name}`;

/** A setting `aws` with every part, without fault; a test changes one thing. */
export const aws = {
  account,
  region: "eu-central-1",
  deployers: [roleOf("preview"), roleOf("deploy")],
  auditTrail: { retentionDays: 365, alarmsTo: ["security@travel.example"], quietHours: 6, refusalsPerHour: 20 },
  credentials: {
    readers: {
      apps: { main: [roleOf("main-app")] },
      operators: { sales: [roleOf("sales")] },
      companies: [roleOf("back-office/handover")],
    },
    recoveryDays: 30,
  },
  appSettings: { readers: [roleOf("main-app"), roleOf("portal")] },
  mail: { domain: "travel.example", zone: "Z0123456789ABCDEFGHIJ", from: "no-reply@travel.example", keyRotation: 1 },
  loginDomain: { domain: "login.travel.example", zone: "Z0123456789ABCDEFGHIJ" },
};

const { mail: _, "mail-password": __, ...withoutMail } = liveConfig;

/** The configuration of stack local with it, and that of a stack where customers sign in. */
export const awsConfig = { ...config, aws };
export const awsLiveConfig = { ...withoutMail, aws };
