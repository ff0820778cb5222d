import { generateKeyPairSync, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeJwt, SignJWT } from "jose";
import { send } from "../scenarios/send.ts";
import type { World } from "./world.ts";

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const pemOf = ({ publicKey }: Pair) => publicKey.export({ type: "spki", format: "pem" }).toString();
type Pair = ReturnType<typeof pair>;

interface Machine {
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly rotation: number;
}

/**
 * A company without single sign-on that has two clients, one with a secret and one with keys, through four versions of its entry: as they
 * are made; with another secret and a second key; without the first key; suspended.
 */
export class MachineLife {
  readonly #world: World;
  readonly #keys = { first: pair(), next: pair() };
  /** The secrets that there have been. */
  readonly #secrets: string[] = [];
  #known: { readonly organization: string; readonly machines: Readonly<Record<string, Machine>> } | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Writes the entry's version. */
  write(version: number): void {
    const { first, next } = this.#keys;
    const scopes = ["read:bookings"];
    const publicKeys = [[first], [first, next], [next], [next]][version]?.map(pemOf);
    const machines = {
      machine: { scopes, rotation: version === 0 ? 1 : 2 },
      reports: { scopes, authentication: "private_key_jwt", publicKeys },
    };
    const state = version === 3 ? "suspended" : "live";
    const entry = { displayName: "Dale", type: "customer", state, conditions: { api_access: "on" }, machines };
    this.#world.write("stacks/local/customers/dale.yaml", JSON.stringify(entry));
  }

  /** Reads the stack's outputs: what they say of the two machines. */
  async read(): Promise<Readonly<Record<string, Machine>>> {
    const { companies } = (await this.#world.outputs()) as unknown as {
      readonly companies: Readonly<Record<string, { organizationId: string; machines: Record<string, Machine> }>>;
    };
    const { organizationId = "", machines = {} } = companies.dale ?? {};
    this.#known = { organization: organizationId, machines };
    const { clientSecret } = machines.machine ?? {};
    if (clientSecret !== undefined && !this.#secrets.includes(clientSecret)) this.#secrets.push(clientSecret);
    return machines;
  }

  /** The secrets that there have been, oldest first. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** What a request for a token comes to, by each secret that there has been and each key. */
  async came(): Promise<{ readonly secrets: readonly string[]; readonly keys: readonly string[] }> {
    const { machines } = this.#known ?? {};
    const client_id = machines?.machine?.clientId ?? "";
    const id = machines?.reports?.clientId ?? "";
    const secrets: string[] = [];
    for (const client_secret of this.#secrets) secrets.push(await this.#ask({ client_id, client_secret }));
    const keys: string[] = [];
    for (const key of Object.values(this.#keys)) keys.push(await this.#ask(await this.#assertion(id, key)));
    return { secrets, keys };
  }

  async #assertion(id: string, { privateKey }: Pair) {
    const client_assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: "RS256" })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(`https://localhost:${this.#world.tenant.port}/`)
      .setIssuedAt()
      .setExpirationTime("1m")
      .sign(privateKey);
    return { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", client_assertion };
  }

  async #ask(proof: Readonly<Record<string, string>>): Promise<string> {
    const { organization = "" } = this.#known ?? {};
    const audience = "https://api.travel.example/";
    const form = { grant_type: "client_credentials", audience, organization, ...proof };
    const ca = readFileSync(this.#world.local.ca, "utf8");
    const url = `https://localhost:${this.#world.tenant.port}/oauth/token`;
    const { status, body } = await send(ca, url, { method: "POST", form });
    const said = body as Readonly<Record<string, string>>;
    if (status !== 200) return `${said.error}: ${said.error_description}`;
    const { org_id } = decodeJwt(said.access_token ?? "");
    return org_id === organization ? "in" : `in ${org_id}`;
  }
}
