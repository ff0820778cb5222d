import { afterEach, expect, test } from "vitest";
import { World } from "./world.ts";

let world: World;

afterEach(() => world?.close());

interface Made {
  readonly id: string;
  readonly client_id: string;
  readonly client_secret: string;
}

/** A tenant that the program was deployed to by a client of its own, with no token at hand, as a pipeline does. */
async function deployedByClient(switches: Record<string, string>): Promise<void> {
  world = await World.create(switches);
  const client = (await world.tenant.make("clients", {
    name: "deploy",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  })) as Made;
  const audience = `https://${world.env.AUTH0_DOMAIN}/api/v2/`;
  await world.tenant.send("POST", "client-grants", { client_id: client.client_id, audience, scope: ["read:clients"] });
  const { AUTH0_API_TOKEN: _, ...env } = world.env;
  world.env = { ...env, AUTH0_CLIENT_ID: client.client_id, AUTH0_CLIENT_SECRET: client.client_secret };
  await world.up();
}

/** Somebody replaces the code of the machines' gate by one that refuses everything, and deploys it. */
async function refuseEveryMachine(): Promise<void> {
  const { actions } = (await world.tenant.read("actions/actions?triggerId=credentials-exchange")) as {
    actions: Made[];
  };
  const id = actions[0]?.id;
  const code = 'exports.onExecuteCredentialsExchange = async (event, api) => api.access.deny("invalid_request", "no");';
  await world.tenant.send("PATCH", `actions/actions/${id}`, { code });
  for (let built = false; !built; ) {
    built = ((await world.tenant.read(`actions/actions/${id}`)) as { status: string }).status === "built";
  }
  await world.tenant.send("POST", `actions/actions/${id}/deploy`);
}

const repaired = ["update auth0.Action credentials-exchange"];

test("the gate for machines lets the deploy client pass, so that up can repair whatever else is wrong with it", async () => {
  await deployedByClient({ MANAGEMENT_TOKENS_RUN_ACTIONS: "on" });
  expect(await world.preview()).toEqual([]);
});

test("where Auth0 runs no Action for the Management API, a gate that refuses everything is repaired by up", async () => {
  await deployedByClient({ MANAGEMENT_TOKENS_RUN_ACTIONS: "off" });
  await refuseEveryMachine();
  expect(await world.refresh()).toEqual(repaired);
  expect(await world.up()).toEqual(repaired);
  expect(await world.preview()).toEqual([]);
});

test("where Auth0 does run it, the refusal is shown, and a token from the dashboard repairs it", async () => {
  await deployedByClient({ MANAGEMENT_TOKENS_RUN_ACTIONS: "on" });
  await refuseEveryMachine();
  expect(await world.refusal()).toMatch(/invalid_request|: no\b/);
  const { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, ...rest } = world.env;
  world.env = { ...rest, AUTH0_API_TOKEN: "from-the-dashboard" }; // alone: the provider takes a token or a client
  expect(await world.refresh()).toEqual(repaired);
  expect(await world.up()).toEqual(repaired);
  world.env = { ...rest, AUTH0_CLIENT_ID: `${AUTH0_CLIENT_ID}`, AUTH0_CLIENT_SECRET: `${AUTH0_CLIENT_SECRET}` };
  expect(await world.preview()).toEqual([]);
});
