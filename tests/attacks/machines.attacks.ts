import type { Act } from "../scenarios/scenario.ts";
import { company, newCompany, says } from "../scenarios/story.ts";
import type { Attack, Doing } from "./attack.ts";
import { goodStandingOfMachines, machinesOwn } from "./guards.ts";
import { acts, type Scene } from "./scene.ts";

// Companies' own clients, which have one organization each.

const audience = "https://api.travel.example/";
const asks = (client: string, organization: string): Act => ({
  machine: { client, organization: `{org:${organization}}`, audience },
});
const suspended = company("acme", {
  metadata: { type: "customer", status: "suspended", api_access: "on", stage: "owner" },
});
const customer = { metadata: { type: "customer", status: "active", api_access: "on", stage: "owner" } };

/** Somebody at the operator's makes a mistake: the machine of one company may name another. */
const associated =
  (machine: string, organization: string, doing: Doing): Doing =>
  async (scene) => {
    const id = scene.stage.secrets.get(`${machine} id`);
    const grants = (await scene.hands.read(`client-grants?client_id=${id}`)) as readonly { readonly id: string }[];
    const path = `organizations/{org:${organization}}/client-grants`;
    for (const { id: grant_id } of grants) await scene.hands.change({ method: "POST", path, body: { grant_id } });
    return doing(scene);
  };

const withSecret =
  (client_secret?: string) =>
  async (scene: Scene): Promise<string> =>
    scene.tokens("acme", {
      grant_type: "client_credentials",
      audience,
      organization: await scene.hands.idOf("org", "acme"),
      ...(client_secret === undefined ? {} : { client_secret }),
    });

export const machines: readonly Attack[] = [
  {
    title: "asks for a token in a suspended company",
    guard: goodStandingOfMachines,
    given: [suspended],
    attack: acts(asks("acme", "acme")),
    refused: `invalid_request: ${says.suspended}`,
    gains: "in acme",
    twin: acts(asks("dune-crafts", "dune-crafts")),
    twinGets: "in dune-crafts",
  },
  {
    title: "asks for a token in another customer's organization, which the client was associated with by mistake",
    guard: machinesOwn,
    attack: associated("dune-crafts", "acme", acts(asks("dune-crafts", "acme"))),
    refused: `invalid_request: ${says.notEntitled}`,
    gains: "in acme",
    twin: associated("dune-crafts", "acme", acts(asks("dune-crafts", "dune-crafts"))),
    twinGets: "in dune-crafts",
  },
  {
    title: "asks for a token in an organization that took the company's old name",
    guard: machinesOwn,
    given: [company("dune-crafts", { name: "dune-crafts-before" }), newCompany("dune-crafts", customer)],
    attack: associated("dune-crafts", "dune-crafts", acts(asks("dune-crafts", "dune-crafts"))),
    refused: `invalid_request: ${says.notEntitled}`,
    gains: "in dune-crafts",
    twin: associated("dune-crafts", "dune-crafts", acts(asks("dune-crafts", "dune-crafts-before"))),
    twinGets: "in dune-crafts-before",
  },
  {
    title: "knows a machine's id and not its secret",
    guard: {
      source: "local/tenant/tokens/client.ts",
      line: "return secret !== undefined && secret === given;",
      becomes: "return secret !== undefined;",
    },
    attack: withSecret("a-guess"),
    refused: "access_denied: Unauthorized",
    gains: "in acme",
    twin: withSecret(),
  },
];
