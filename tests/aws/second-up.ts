import { isDeepStrictEqual } from "node:util";
import { declare } from "../../cli/declared/declare.ts";
import type { Account } from "../harness/aws/account.ts";
import { Clients } from "../harness/aws/clients.ts";
import { type AtMoto, plain } from "../harness/aws/declared-aws.ts";

/**
 * Declares a program once more, and puts what has changed: in place, or, where the provider would replace it, anew beside the old, which is
 * left as `retainOnDelete` says. Anything that was not there before is an error.
 * @returns `Type name` of what changed
 */
export async function upAgain(
  { endpoint, region, id }: Account,
  at: AtMoto,
  program: () => unknown,
): Promise<string[]> {
  const clients = new Clients(endpoint, region, id);
  const changed: string[] = [];
  await declare(program, {
    async make({ type, name, inputs: marked }) {
      const inputs = plain(marked);
      const before = at.taken.find((one) => one.type === type && one.name === name);
      if (!before) throw new Error(`${type} ${name} was not there before`);
      const { kind } = before;
      if (isDeepStrictEqual(inputs, before.inputs)) return { id: before.id, state: { ...marked, ...before.outputs } };
      changed.push(`${type.split(":").at(-1)} ${name}`);
      const replaced = Object.entries(kind.takes).some(
        ([input, how]) => how === "fixed" && !isDeepStrictEqual(inputs[input], before.inputs[input]),
      );
      const made = await kind.put(inputs, clients, replaced ? undefined : before);
      return { id: made.id, state: { ...marked, ...made.outputs } };
    },
  });
  return changed;
}
