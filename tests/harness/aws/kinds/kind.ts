import type * as pulumi from "@pulumi/pulumi";
import type { Clients } from "../clients.ts";

/** What AWS has of a resource. */
interface Made {
  readonly id: string;
  /** What the provider tells beside the inputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A resource that was made. */
export interface Held<Inputs> extends Made {
  readonly inputs: Inputs;
}

/** One type of resource: how the inputs of `@pulumi/aws` become calls of AWS's SDK. */
export interface Kind<Inputs> {
  /**
   * The inputs that are passed on; any other is refused. A change of one that is `fixed` replaces the resource, as the provider does; of one
   * that is `kept` it is refused, as this table knows no call for it.
   */
  readonly takes: { readonly [Name in keyof Inputs]?: "fixed" | "changes" | "kept" };
  /** @param before what is there, where it is changed in place */
  put(inputs: Inputs, aws: Clients, before?: Held<Inputs>): Promise<Made>;
  remove(held: Held<Inputs>, aws: Clients): Promise<unknown>;
  /** @throws, or gives undefined, where it is gone */
  find(held: Held<Inputs>, aws: Clients): Promise<unknown>;
}

export type AnyKind = Kind<Readonly<Record<string, unknown>>>;

/** Notes a kind for the arguments of its class. */
export const kindOf = <Args>(kind: Kind<pulumi.Unwrap<Args>>): AnyKind => kind as unknown as AnyKind;

/** Tags as most services take them. */
export const tagList = (tags: Readonly<Record<string, string>> | undefined): { Key: string; Value: string }[] =>
  Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));

/** What an answer must have. */
export function there<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`no ${what} in the answer`);
  return value;
}

/** A policy as JSON. */
export const json = (policy: unknown): string => (typeof policy === "string" ? policy : JSON.stringify(policy));

/** What AWS says of a thing that is not there, or is about to go. @throws whatever else it says */
export function absent(error: unknown): undefined {
  const said = error instanceof Error ? `${error.name} ${error.message}` : "";
  if (/NotFound|NoSuch|NonExistent|DoesNotExist|does not exist|marked (for deletion|deleted)/.test(said))
    return undefined;
  throw error;
}
