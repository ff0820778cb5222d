import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { declare } from "../../cli/declared/declare.ts";
import { ManagementApi } from "../../local/plugin/management.ts";
import { readProperties, writeProperties } from "../../local/plugin/marshal.ts";
import { resourceTypes } from "../../local/plugin/operations/index.ts";
import type { ResourceType } from "../../local/plugin/provider.ts";
import { type RunningTenant, startTenant, type TenantOptions } from "../../local/tenant/server.ts";
import type { ConnectedTenant } from "../../stacks/connected-tenant.ts";

/** A resource that the tenant has. */
interface Made {
  readonly type: ResourceType;
  readonly name: string;
  readonly id: string;
  readonly properties: pulumi.runtime.MockResourceArgs["inputs"];
}

/** What the tenant made of a declared stack. */
export interface Placed<Outputs> {
  /** In the order in which it came to be. */
  readonly made: readonly Made[];
  /** What the tenant or the plugin refused: `type name: why`. */
  readonly refused: readonly string[];
  readonly outputs: Outputs;
}

const mostAtOnce = 4;

/**
 * A local tenant in this process, to which whatever a program declares is written over HTTP, by the requests that the provider plugin
 * makes of it: what an `up` of an empty stack does, without an engine.
 */
export class DeclaredTenant {
  readonly running: RunningTenant;
  /** PEM of the authority that vouches for it. */
  readonly ca: string;
  readonly #folder: string;
  readonly #api: ManagementApi;
  readonly #types = resourceTypes();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  private constructor(folder: string, running: RunningTenant) {
    this.#folder = folder;
    this.running = running;
    this.ca = readFileSync(join(folder, "ca.pem"), "utf8");
    const domain = `localhost:${running.port}`;
    this.#api = new ManagementApi({ domain, trusted: this.ca, token: async () => "any" });
  }

  /** @param optionsIn what it is started with beside port, data and certificate authority, which lie in the folder */
  static async start(optionsIn: (folder: string) => Promise<Partial<TenantOptions>> = async () => ({})) {
    const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-declared-"));
    const options = await optionsIn(folder);
    const running = await startTenant({ port: 0, data: join(folder, "tenant.db"), caDir: folder, ...options });
    return new DeclaredTenant(folder, running);
  }

  get connected(): ConnectedTenant {
    const domain = `localhost:${this.running.port}`;
    return { domain, managementApiIdentifier: `https://${domain}/api/v2/` };
  }

  /**
   * Declares a program and makes all of it. @throws what the program throws
   * @param alike forms of resources on which nothing depends: what is of such a form was made before, and is not made again
   */
  async place<Outputs>(program: () => Outputs, alike?: Set<string>): Promise<Placed<pulumi.Unwrap<Outputs>>> {
    const made: Made[] = [];
    const refused: string[] = [];
    const outputs = Promise.withResolvers<pulumi.Unwrap<Outputs>>(); // they may be known a moment after the last resource
    const make = async (given: pulumi.runtime.MockResourceArgs) => {
      const form = alike && formOf(given);
      if (form !== undefined && alike?.has(form)) return { id: `${given.name}-id`, state: given.inputs };
      try {
        const one = await this.#inTurn(() => this.#make(given));
        made.push(one);
        if (form !== undefined) alike?.add(form);
        return { id: one.id, state: one.properties };
      } catch (cause) {
        refused.push(`${given.type} ${given.name}: ${messageOf(cause)}`);
        return { id: `${given.name}-id`, state: given.inputs }; // what depends on it is refused as well
      }
    };
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0; // the SDK notes a stack for each promise, which takes longer than all else
    try {
      await declare(() => pulumi.output(program()).apply(outputs.resolve), { make });
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    return { made, refused, outputs: await outputs.promise };
  }

  /** Takes away what was made, the last first. @returns what was refused */
  async remove(made: readonly Made[]): Promise<readonly string[]> {
    const refused: string[] = [];
    for (const { type, name, id, properties } of made.toReversed()) {
      const olds = readProperties(structs.Struct.fromJavaScript(properties));
      await type.delete(this.#api, id, olds).catch((cause) => {
        refused.push(`${type.table.token} ${name}: ${messageOf(cause)}`);
      });
    }
    return refused;
  }

  async close(): Promise<void> {
    this.#api.close();
    await this.running.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** A few at a time, so that connections to the tenant are used again. */
  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#busy >= mostAtOnce) await new Promise<void>((free) => this.#waiting.push(free));
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #make({ type: token, name, inputs }: pulumi.runtime.MockResourceArgs): Promise<Made> {
    const type = this.#types.get(token);
    if (!type) throw new Error("a type that the plugin does not know");
    const naming = { resourceName: name, seed: new Uint8Array() };
    const checked = type.check(readProperties(structs.Struct.fromJavaScript(inputs)), undefined, naming);
    if (checked.failures.length > 0) throw new Error(checked.failures.join(" "));
    const news = readProperties(writeProperties(checked.inputs, false));
    const { id, properties } = await type.create(this.#api, news);
    return { type, name, id, properties: writeProperties(properties, false).toJavaScript() };
  }
}

const leaves = /:(OrganizationConnection|ConnectionClients|OrganizationClientGrant)$/;
const ids = /\b(org|con|cgr)_\w{16}\b|\b\w{32}\b/g;

/** What a resource says but for the ids in it; undefined where another one could depend on it. */
function formOf({ type, inputs }: pulumi.runtime.MockResourceArgs): string | undefined {
  return leaves.test(type) ? `${type} ${JSON.stringify(inputs).replace(ids, "")}` : undefined;
}

function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message;
}
