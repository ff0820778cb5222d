import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { Provider } from "@pulumi/pulumi/provider/index.js";
import { asArray, asObject, ManagementApi } from "../../../local/plugin/management.ts";
import { answerOf } from "./answers.ts";
import { Clients } from "./clients.ts";
import { kindOfType, refuseUnknown } from "./kinds/index.ts";
import { type AnyKind, absent, type Held } from "./kinds/kind.ts";
import { offerPartnerSource } from "./partner-source.ts";
import { placeAwsPlugin, version } from "./placed-plugin.ts";
import { answerPreviews } from "./previews.ts";
import { ToldRecords } from "./told-records.ts";

/** What the plugin works on. */
interface Setting {
  /** moto's. */
  readonly endpoint: string;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  /** The local tenant whose log streams make partner event sources: its port, and the file of its authority's certificate. */
  readonly tenant: { readonly port: number; readonly ca: string };
}

/**
 * Places a provider plugin of the name aws into a `PULUMI_HOME`, which puts everything to moto by the calls of kinds/, so that the real engine
 * runs a whole program: `up`, a preview, `refresh`, `destroy`. A bus of a partner's source is taken only once the local tenant has the log
 * stream of that name, and the tenant finds in the DNS what Route 53 has.
 */
export function placeMotoProvider(home: string, setting: Setting): void {
  placeAwsPlugin(home, import.meta.url, setting);
}

type Properties = Readonly<Record<string, unknown>>;

// by which the engine knows a secret, and what is not known yet
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The same without marks of secrets. */
function plain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== "object" || value === null) return value;
  const marked = value as Properties;
  if (marked[SIGNATURE] === SECRET) return plain(marked.value) as T;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)])) as T;
}

// the inputs as they were, with their marks: the engine hands over the state alone
const INPUTS = "__inputs";

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

function heldOf(id: string, state: Properties): Held<Properties> {
  const { [INPUTS]: inputs, ...outputs } = plain(state);
  return { id, inputs: inputs as Properties, outputs };
}

/** What has a name that the program gives goes before its replacement comes: https://www.pulumi.com/docs/iac/concepts/resources/names/ */
const isNamed = ({ takes }: AnyKind): boolean =>
  ["name", "policyName", "configurationSetName", "targetId"].some((name) => name in takes);

/** What changes between two inputs of a kind. */
function changesOf({ takes }: AnyKind, olds: Properties, news: Properties): string[] {
  return Object.keys(takes).filter((name) => !isDeepStrictEqual(olds[name], news[name]));
}

/** What AWS refuses with its code before it, as the provider words it. */
async function asTold<T>(call: Promise<T>): Promise<T> {
  return await call.catch((cause: unknown) => {
    throw cause instanceof Error ? new Error(`${cause.name}: ${cause.message}`, { cause }) : cause;
  });
}

class MotoProvider implements Provider {
  readonly version = version;
  readonly schema = JSON.stringify({ name: "aws", version });
  readonly #setting: Setting;
  readonly #clients: Clients;
  readonly #records: ToldRecords;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#clients = new Clients(setting.endpoint, setting.region, setting.account);
    this.#records = new ToldRecords(this.#clients, setting.tenant.port);
  }

  async check(urn: string, _olds: Properties, news: Properties) {
    if (typeOf(urn).startsWith("aws:")) refuseUnknown(typeOf(urn), kindOfType(typeOf(urn)), news);
    return { inputs: news };
  }

  async diff(id: string, urn: string, olds: Properties, news: Properties) {
    const kind = kindOfType(typeOf(urn));
    const changed = changesOf(kind, heldOf(id, olds).inputs, plain(news));
    const replaces = changed.filter((name) => kind.takes[name] === "fixed");
    return { changes: changed.length > 0, replaces, deleteBeforeReplace: isNamed(kind) };
  }

  async create(urn: string, inputs: Properties) {
    const type = typeOf(urn);
    if (type === "aws:cloudwatch/eventBus:EventBus") await this.#offered(plain(inputs).eventSourceName);
    const { id, outputs } = await asTold(kindOfType(type).put(plain(inputs), this.#clients));
    await this.#records.after(type);
    return { id, outs: { ...inputs, ...outputs, [INPUTS]: inputs } };
  }

  async update(id: string, urn: string, olds: Properties, news: Properties) {
    const kind = kindOfType(typeOf(urn));
    const held = heldOf(id, olds);
    const kept = changesOf(kind, held.inputs, plain(news)).filter((name) => kind.takes[name] === "kept");
    if (kept.length > 0)
      throw new Error(`tests/harness/aws/kinds does not change ${kept.join(", ")} of ${typeOf(urn)}`);
    const { outputs } = await asTold(kind.put(plain(news), this.#clients, held));
    await this.#records.after(typeOf(urn));
    const told = Object.fromEntries(
      Object.entries(outputs).filter(([name]) => name in kind.takes === false || !(name in news)),
    );
    return { outs: { ...news, ...told, [INPUTS]: news } };
  }

  async read(id: string, urn: string, props: Properties) {
    const found = await kindOfType(typeOf(urn)).find(heldOf(id, props), this.#clients).catch(absent);
    return found === undefined || found === null ? { id: "", props: {} } : { id, props, inputs: props[INPUTS] };
  }

  async delete(id: string, urn: string, props: Properties) {
    await asTold(kindOfType(typeOf(urn)).remove(heldOf(id, props), this.#clients));
    await this.#records.after(typeOf(urn));
  }

  async invoke(token: string, args: Readonly<Record<string, string>>) {
    return { outputs: { ...args, ...(await asTold(answerOf(token, args, this.#clients))) } };
  }

  /** A partner's source comes with the log stream of that name, and goes with it: moto knows of none by itself. */
  async #offered(source: unknown): Promise<void> {
    const { port, ca } = this.#setting.tenant;
    const domain = `localhost:${port}`;
    const api = new ManagementApi({ domain, trusted: readFileSync(ca, "utf8"), token: async () => "any" });
    const streams = asArray(await api.send("GET", "log-streams"));
    const sinks = streams.map((stream) => asObject(asObject(stream).sink));
    const { account, region } = this.#setting;
    const ours = ({ awsPartnerEventSource, awsAccountId, awsRegion }: (typeof sinks)[number]) =>
      awsPartnerEventSource === source && awsAccountId === account && awsRegion === region;
    api.close();
    if (sinks.some(ours)) await offerPartnerSource(this.#clients, String(source));
  }
}

const [, script = "", kept, ...args] = process.argv;
if (import.meta.url === pathToFileURL(script).href && kept !== undefined) {
  const { main } = await import("@pulumi/pulumi/provider/index.js");
  answerPreviews();
  await main(new MotoProvider(JSON.parse(readFileSync(kept, "utf8"))), args);
}
