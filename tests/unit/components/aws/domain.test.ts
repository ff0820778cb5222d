import { expect, test } from "vitest";
import { LoginDomain } from "../../../../components/aws/domain/login-domain.ts";
import { declareAws, graphOf, named, valuesOf, waitsFor } from "./graph.ts";

const args = { domain: "login.travel.example", zone: "Z0TRAVEL" };
let login: LoginDomain | undefined;
const all = await declareAws(() => {
  login = new LoginDomain("login", args);
});

test("the whole graph: Auth0's domain, the record that it asks for, and its look at the record", () => {
  expect(graphOf(all)).toEqual([
    ["auth0-b2b:aws:LoginDomain login", undefined],
    [
      "auth0:index/customDomain:CustomDomain login",
      { domain: "login.travel.example", type: "auth0_managed_certs", tlsPolicy: "recommended" },
    ],
    [
      "aws:route53/record:Record login",
      {
        zoneId: "Z0TRAVEL",
        name: "login.travel.example",
        type: "CNAME",
        ttl: 300,
        records: ["alias.edge.tenants.example"],
      },
    ],
    ["auth0:index/customDomainVerification:CustomDomainVerification login", { customDomainId: "login-id" }],
  ]);
});

test("Auth0 looks when the record is there, for half an hour, and all of it is the component's", () => {
  expect(waitsFor(all, "CustomDomainVerification", "login")).toEqual(["Record login"]);
  expect(named(all, "CustomDomainVerification", "login")?.opts.customTimeouts).toEqual({ create: "30m" });
  const children = all.filter(({ type }) => /^(aws|auth0):/.test(type));
  expect(new Set(children.map(({ parent }) => parent))).toEqual(new Set(["auth0-b2b:aws:LoginDomain::login"]));
});

test("who needs the host when it serves has it from the verification", async () => {
  if (!login) throw new Error("not declared");
  expect(login.domain).toBe("login.travel.example");
  const { verified } = login;
  expect(await valuesOf({ verified })).toEqual({ verified: "login.travel.example" });
});
