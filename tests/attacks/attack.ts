import type { ActionName } from "../../actions/bundle.ts";
import type { Switches } from "../../local/tenant/switches.ts";
import type { Call } from "../scenarios/scenario.ts";
import type { Scene } from "./scene.ts";

/** What stops an attack, and how it is switched off: in a test only. */
export type Guard =
  /** A rule of an Action: this line of the deployed text becomes another. */
  | { readonly action: ActionName; readonly line: string; readonly becomes: string }
  /** A trigger's binding. */
  | { readonly unbound: ActionName }
  /** A setting of the tenant. */
  | { readonly setting: readonly Call[] }
  | { readonly switches: Partial<Switches> }
  /** A rule of the tenant's own: this line of a file becomes another. */
  | { readonly source: string; readonly line: string; readonly becomes: string };

/** What somebody does, and what they get for it: `in acme`, or why not. Ids of organizations are written `org_…`. */
export type Doing = (scene: Scene) => Promise<string>;

export interface Attack {
  /** What the attacker does, as the end of "somebody who …". */
  readonly title: string;
  readonly guard: Guard;
  /** How the tenant differs from stack `local`. */
  readonly given?: readonly Call[];
  readonly switches?: Partial<Switches>;
  readonly attack: Doing;
  readonly refused: string;
  /** What the attack gets once its guard is off. */
  readonly gains: string;
  /** The nearest thing that is allowed. */
  readonly twin: Doing;
  /** @default what the attack would gain */
  readonly twinGets?: string;
}
