import type * as pulumi from "@pulumi/pulumi";
import type { CompanyMachine } from "../components/company/company.ts";
import type { Company } from "./entries.ts";
import { rotationBefore } from "./history.ts";
import type { Settings } from "./load.ts";
import { mapEntries } from "./map-entries.ts";
import type { Machine } from "./schema/machine.ts";

/** A company's own clients, by name. */
export function machinesIn({ entry }: Company): Readonly<Record<string, Machine>> {
  return (entry.type === "customer" ? entry.machines : undefined) ?? {};
}

/** The same as they are declared. @param audience the API that they use */
export function machinesOf(setting: Company, { previous }: Settings, audience: pulumi.Input<string>) {
  return mapEntries(machinesIn(setting), (name, machine): CompanyMachine => {
    const last = rotationBefore(previous, setting.slug, name);
    return { audience, scopes: machine.scopes, proof: proofOf(machine, last) };
  });
}

/** @param last the machine's rotation in the last `up`; undefined where it had none */
function proofOf(machine: Machine, last: number | undefined): CompanyMachine["proof"] {
  const { publicKeys } = machine;
  if (publicKeys) return { publicKeys };
  const rotation = rotationOf(machine);
  if (rotation === 1) return { secret: () => "never" };
  return { secret: () => (rotation === last ? "before" : "now") };
}

/** How often its secret was made, as the stack exports it; 0 for a machine that has none. */
export function rotationOf({ authentication, rotation = 1 }: Machine): number {
  return authentication === "private_key_jwt" ? 0 : rotation;
}
