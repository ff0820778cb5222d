/** Shares in per cent: same status; also the same keys; also the same values. */
interface Figures {
  readonly status: number;
  readonly keys: number;
  readonly values: number;
}

/** What a replay reached, as a whole and by family of the Management API. */
export interface Reached {
  readonly all: Figures;
  readonly families: { readonly [family: string]: Figures };
}

const shares = String.raw`status +(?<status>[\d.]+)%,? +keys +(?<keys>[\d.]+)%,? +values +(?<values>[\d.]+)%`;
const family = new RegExp(`^(?<name>[a-z-]+) +\\d+ steps +${shares}$`, "gm");
const closing = new RegExp(`^\\d+ recordings, [1-9]\\d* steps.*: ${shares}$`, "m");

const figuresOf = ({ groups = {} }: RegExpMatchArray): Figures => ({
  status: Number(groups.status),
  keys: Number(groups.keys),
  values: Number(groups.values),
});

/** Reads what replay.py prints, with its closing line; undefined where it played nothing or ended early. */
export function reached(printed: string): (Reached & { readonly line: string }) | undefined {
  const whole = closing.exec(printed);
  if (!whole) return undefined;
  const families = [...printed.matchAll(family)].map((row) => [row.groups?.name ?? "", figuresOf(row)]);
  return { line: whole[0], all: figuresOf(whole), families: Object.fromEntries(families) };
}

/** One sentence for each figure that is below the floor, and for each family that was not played. */
export function shortfalls(now: Reached, floor: Reached): string[] {
  const families = Object.entries(floor.families).map(([name, least]) => ({ name, least, is: now.families[name] }));
  return [{ name: "all", least: floor.all, is: now.all }, ...families].flatMap(({ name, least, is }) => {
    if (!is) return [`${name}: not played`];
    const tiers = ["status", "keys", "values"] as const;
    return tiers.flatMap((tier) =>
      is[tier] < least[tier] ? [`${name}: ${tier} fell to ${is[tier]} % from ${least[tier]} %`] : [],
    );
  });
}
