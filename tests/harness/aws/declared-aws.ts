import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { type Declared, declare } from "../../../cli/declared/declare.ts";
import type { Account } from "./account.ts";
import { Clients } from "./clients.ts";
import { kindOfType, refuseUnknown } from "./kinds/index.ts";
import { type AnyKind, absent, type Held } from "./kinds/kind.ts";
import { offerPartnerSource } from "./partner-source.ts";

type Resource = pulumi.runtime.MockResourceArgs;
type Inputs = Readonly<Record<string, unknown>>;

/** A resource that AWS took. */
interface Taken extends Held<Inputs> {
  readonly type: string;
  readonly name: string;
  readonly kind: AnyKind;
}

/** What a program declared, at moto. */
export interface AtMoto {
  readonly declared: readonly Declared[];
  /** Of AWS, in the order in which it came to be. */
  readonly taken: readonly Taken[];
  /** What of it AWS has now, as `type name`. */
  there(): Promise<readonly string[]>;
  /** Takes everything away, the last first. @throws for what cannot be */
  remove(): Promise<void>;
}

/**
 * Declares a program on mocks and puts everything of AWS to an account of moto by AWS's SDK, in order, with the answers in place of what
 * depends on them: what an `up` of an empty stack does, without an engine. An Auth0 log stream to EventBridge makes a partner event source
 * in the account, as Auth0 does.
 *
 * ```ts
 * const { taken } = await declareAtMoto(account("100000000007"), () => new AuditTrail("audit", args));
 * ```
 * @param others what a resource that is not of AWS answers with beside its inputs; nothing by default
 * @throws Error with what AWS refused: the type, the name, and AWS's own words
 */
export async function declareAtMoto(
  { id: account, region, endpoint }: Account,
  program: () => unknown,
  others: (resource: Resource) => Inputs = () => ({}),
): Promise<AtMoto> {
  const clients = new Clients(endpoint, region, account);
  const taken: Taken[] = [];
  const refused = Promise.withResolvers<never>();

  async function make({ type, name, inputs, ...rest }: Resource): Promise<pulumi.runtime.MockResourceResult> {
    if (!type.startsWith("aws:")) {
      const stream = type === "auth0:index/logStream:LogStream" && inputs.type === "eventbridge";
      const state = { ...inputs, ...(stream && (await streamed(inputs))), ...others({ type, name, inputs, ...rest }) };
      return { id: `${name}-id`, state };
    }
    try {
      const kind = kindOfType(type);
      refuseUnknown(type, kind, inputs);
      const sent = plain(inputs);
      const made = await kind.put(sent, clients);
      taken.push({ type, name, kind, inputs: sent, ...made });
      return { id: made.id, state: { ...inputs, ...made.outputs } };
    } catch (cause) {
      const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      refused.reject(new Error(`AWS refuses ${type} ${name}: ${why}`, { cause }));
      return await refused.promise.catch(() => new Promise(() => {})); // so that nothing that depends on it is tried
    }
  }

  async function streamed({ sink }: Resource["inputs"]): Promise<Inputs> {
    const awsPartnerEventSource = `aws.partner/auth0.com/tenant-${randomUUID()}/auth0.logs`;
    await offerPartnerSource(clients, awsPartnerEventSource);
    return { sink: { ...sink, awsPartnerEventSource } };
  }

  const declared = await Promise.race([declare(program, { make }), refused.promise]);
  return {
    declared,
    taken,
    async there() {
      const found = async ({ kind, type, name, ...held }: Taken) =>
        (await kind.find(held, clients).catch(absent)) ? [`${type} ${name}`] : [];
      return (await Promise.all(taken.map(found))).flat();
    },
    async remove() {
      for (const { kind, ...held } of taken.toReversed()) await kind.remove(held, clients);
    },
  };
}

/** Inputs without the marks of what is secret: what AWS gets. */
export function plain(inputs: Inputs): Inputs {
  const unmarked = (value: unknown): unknown => pulumi.runtime.unwrapRpcSecret(value);
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, unmarked(value)]));
}
