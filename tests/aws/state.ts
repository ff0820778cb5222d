import type { World } from "../e2e/world.ts";

interface Resource {
  readonly urn: string;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
}

/** A stack's state, secrets in plain; a resource is named as in the steps of a world, `auth0.Organization acme`. */
export class State {
  readonly #byUrn: ReadonlyMap<string, Resource>;

  private constructor(resources: readonly Resource[]) {
    this.#byUrn = new Map(resources.map((one) => [one.urn, one]));
  }

  static async of(world: World): Promise<State> {
    const { stdout } = await world.pulumi("stack", "export", "--show-secrets");
    return new State((JSON.parse(stdout) as { deployment: { resources: Resource[] } }).deployment.resources);
  }

  /** How many resources there are of each type of a provider, without its name. */
  counts(provider: string): Record<string, number> {
    const types = [...this.#byUrn.values()].map(({ urn }) => typeOf(urn)).filter((type) => type.startsWith(provider));
    const counts: Record<string, number> = {};
    for (const type of types) {
      const short = type.slice(provider.length).replace(/\/\w+:/, ".");
      counts[short] = (counts[short] ?? 0) + 1;
    }
    return counts;
  }

  named(name: string): Resource {
    const found = [...this.#byUrn.values()].find(({ urn }) => `${typeOf(urn)} ${urn.split("::")[3]}` === name);
    if (!found) throw new Error(`the state has no ${name}`);
    return found;
  }

  /**
   * Whether `later` is made only once `earlier` is there, whatever else goes on: it depends on it, or stands below a component that does, which
   * the SDK tells the engine of only then.
   */
  waits(later: string, earlier: string): boolean {
    const { urn } = this.named(earlier);
    const seen = new Set<string>();
    const after = (one: Resource): boolean =>
      [...(one.dependencies ?? []), ...(one.parent ? [one.parent] : [])].some((before) => {
        if (before === urn) return true;
        if (seen.has(before)) return false;
        seen.add(before);
        const known = this.#byUrn.get(before);
        return known !== undefined && after(known);
      });
    return after(this.named(later));
  }
}

function typeOf(urn: string): string {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  return type.replace(/^auth0:index\/\w+:/, "auth0.");
}
