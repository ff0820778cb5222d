/** One figure, and what it is compared with. */
export interface Row {
  readonly name: string;
  readonly value: number;
  /** What `value` is divided by. */
  readonly base: number;
}

/** Figures of one unit. */
export interface Table {
  readonly title: string;
  /** What the columns of `base` and `value` hold, in this order. */
  readonly columns: readonly [string, string];
  readonly rows: readonly Row[];
  /** Whether the ratio says how often `value` goes into `base`, as for rates: the more a second, the cheaper. */
  readonly rates?: boolean;
  /** Digits behind the point. @default 0 */
  readonly digits?: number;
}

/** How much dearer the figure is than what it is compared with: 2 is twice as dear, be it a time or a rate. */
export function ratio({ value, base }: Row, rates = false): number {
  return rates ? base / value : value / base;
}

/** A table in Markdown, the numbers aligned for the eye too. */
export function markdown({ title, columns, rows, rates = false, digits = 0 }: Table): string {
  const lines = [
    [title, ...columns, "ratio"],
    ...rows.map((row) => [row.name, row.base.toFixed(digits), row.value.toFixed(digits), ratio(row, rates).toFixed(1)]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  const written = lines.map((line) => {
    const cells = line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    return `| ${cells.join(" | ")} |`;
  });
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [written[0], rule, ...written.slice(1)].join("\n");
}
