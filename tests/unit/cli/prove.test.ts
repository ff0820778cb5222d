import { createSocket } from "node:dgram";
import { once } from "node:events";
import { decode, encode } from "dns-packet";
import { expect, onTestFinished, test } from "vitest";
import { readOffline } from "../../../cli/customer/place.ts";
import { prove } from "../../../cli/customer/prove.ts";
import { lookUpWith } from "../../../cli/customer/records.ts";
import { proofOf } from "../../../stacks/domain-proof.ts";
import { Checkout } from "./project.ts";

const claimNamespace = "https://travel.example/claims/";
const today = "2026-11-29";
const proof = (slug: string, domain: string) => proofOf({ claimNamespace, slug, domain });

/** A DNS server on this machine that knows those TXT records, each in its pieces. */
async function server(records: Readonly<Record<string, readonly (readonly string[])[]>>): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const asked = decode(message);
    const name = asked.questions?.[0]?.name ?? "";
    const found = records[name];
    const answers = (found ?? []).map((data) => ({ type: "TXT" as const, name, data: [...data], ttl: 60 }));
    const flags = 0x100 | (found ? 0 : 3); // recursion; NXDOMAIN
    socket.send(
      encode({ type: "response", id: asked.id ?? 0, flags, questions: asked.questions ?? [], answers }),
      from.port,
      from.address,
    );
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

const entry = `# Brought in by Ines
displayName: Borealis
type: customer
state: live
conditions:
  api_access: "off"
connections:
  borealis-sso:
    strategy: oidc
    issuer: https://login.borealis.example/ # theirs
    clientId: example-travel
    clientSecret:
      config: borealis-sso-secret
    domains:
      - borealis.example
      - borealis-group.example
`;
const file = "stacks/dev/customers/borealis.yaml";

function guarded(): Checkout {
  const checkout = new Checkout("dev");
  const secrets = ["mail-password", "borealis-sso-secret"].map((name) => `  auth0-b2b:${name}: { secure: "v1:…" }\n`);
  checkout.write("Pulumi.dev.yaml", `${checkout.read("Pulumi.dev.yaml")}${secrets.join("")}`);
  checkout.write(file, entry);
  return checkout;
}

test("what the DNS says is written into the entry with the day, and its comments stay; then the entry is accepted", async () => {
  const checkout = guarded();
  const [first, second] = [proof("borealis", "borealis.example"), proof("borealis", "borealis-group.example")];
  const pieces = [second.value.slice(0, 20), second.value.slice(20)];
  const at = await server({
    [first.host]: [["v=spf1 -all"], [first.value]],
    [second.host]: [pieces],
  });
  expect(() => readOffline(checkout)).toThrow("2 faults");
  const proved = await prove(checkout, "borealis", lookUpWith(at), today);
  expect(proved).toEqual({
    file,
    found: [
      { connection: "borealis-sso", domain: "borealis.example", ...first },
      { connection: "borealis-sso", domain: "borealis-group.example", ...second },
    ],
    missing: [],
  });
  expect(checkout.read(file)).toBe(`${entry}    proven:
      borealis.example:
        value: ${first.value}
        on: ${today}
      borealis-group.example:
        value: ${second.value}
        on: ${today}
`);
  expect(readOffline(checkout).settings.companies).toHaveLength(1);
});

test("a record that is missing, another company's or not to be had is told, and what was found is written all the same", async () => {
  const checkout = guarded();
  const first = proof("borealis", "borealis.example");
  const at = await server({
    [first.host]: [[first.value]],
    "_auth0-b2b.borealis-group.example": [[proof("acme", "borealis-group.example").value]],
  });
  const { found, missing } = await prove(checkout, "borealis", lookUpWith(at), today);
  expect(found.map(({ domain }) => domain)).toEqual(["borealis.example"]);
  expect(missing).toEqual([
    {
      connection: "borealis-sso",
      domain: "borealis-group.example",
      ...proof("borealis", "borealis-group.example"),
      why: "the record says something else",
    },
  ]);
  expect(checkout.read(file)).toContain("      borealis.example:\n        value:");
  const nothing = await prove(guarded(), "borealis", lookUpWith(await server({})), today);
  expect(nothing.missing.map(({ why }) => why)).toEqual(["there is no such record", "there is no such record"]);
});

test("nothing is written where nothing was found, and an entry in the stack's own file is found there", async () => {
  const checkout = guarded();
  await prove(checkout, "borealis", async () => undefined, today);
  expect(checkout.read(file)).toBe(entry);
  const refused = await prove(checkout, "borealis", () => Promise.reject(new Error("queryTxt ECONNREFUSED")), today);
  expect(refused.missing.map(({ why }) => why)).toEqual(Array(2).fill("no answer (queryTxt ECONNREFUSED)"));

  const own = new Checkout("dev");
  const indented = entry.replace(/^/gm, "      ").trimEnd();
  const secrets = ["mail-password", "borealis-sso-secret"].map((name) => `  auth0-b2b:${name}: { secure: "v1:…" }\n`);
  own.write(
    "Pulumi.dev.yaml",
    `${own.read("Pulumi.dev.yaml")}${secrets.join("")}  auth0-b2b:customers:\n    borealis:\n${indented}\n`,
  );
  const { value } = proof("borealis", "borealis.example");
  const { file: where } = await prove(own, "borealis", async () => [value], today);
  expect(where).toBe("Pulumi.dev.yaml");
  expect(own.read("Pulumi.dev.yaml")).toContain(
    `            borealis.example:\n              value: ${value}\n              on: ${today}\n`,
  );
  expect(own.read("Pulumi.dev.yaml")).toContain("# Brought in by Ines");
});
