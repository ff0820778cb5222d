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

/** The same thing measured at several sizes, the first of which is start-up alone. */
export interface Figures {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** The figures, and how many times the start-up the last one is. */
export function growth({ title, columns, rows }: Figures): string {
  const last = ({ values }: { readonly values: readonly number[] }) => (values.at(-1) ?? 0) / (values[0] ?? 1);
  return aligned([
    [title, ...columns, "ratio"],
    ...rows.map((row) => [row.name, ...row.values.map((value) => value.toFixed(1)), last(row).toFixed(1)]),
  ]);
}

/** A table in Markdown. */
export function markdown({ title, columns, rows, rates = false, digits = 0 }: Table): string {
  return aligned([
    [title, ...columns, "ratio"],
    ...rows.map((row) => [row.name, row.base.toFixed(digits), row.value.toFixed(digits), ratio(row, rates).toFixed(1)]),
  ]);
}

/** The numbers aligned for the eye too. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  const written = lines.map((line) => {
    const cells = line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    return `| ${cells.join(" | ")} |`;
  });
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [written[0], rule, ...written.slice(1)].join("\n");
}
